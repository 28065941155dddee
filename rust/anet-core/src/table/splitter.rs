//! Records out of pieces of a file, in one pass.

use crate::table::field::Field;

/// What stands between two fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delimiter {
    /// One byte.
    Byte(u8),
    /// Any run of spaces and tabs.
    Spaces,
}

/// How a file is cut into records and fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// Between two fields.
    pub delimiter: Delimiter,
    /// What a field that holds delimiters or newlines stands in.
    pub quote: Option<u8>,
    /// What a line that is no record begins with.
    pub comment: Option<u8>,
    /// Fields of a record, where they are known. A quote that closes lines later, in a record of another length, was none.
    pub columns: Option<usize>,
    /// Bytes behind an opening quote after which it is taken for a letter.
    pub longest_quote: usize,
}

impl Dialect {
    /// That of RFC 4180, with any delimiter.
    pub fn new(delimiter: Delimiter) -> Self {
        Self { delimiter, quote: Some(b'"'), comment: None, columns: None, longest_quote: 1 << 20 }
    }
}

/// One record.
#[derive(Debug, Clone, Copy)]
pub struct Record<'a> {
    /// The bytes that its fields stand in.
    pub bytes: &'a [u8],
    /// Its fields; one that is empty for a blank line.
    pub fields: &'a [Field],
    /// The line it begins in, from 1.
    pub line: usize,
    /// Bytes of the file up to its end.
    pub end: usize,
}

impl Record<'_> {
    /// Whether the line holds nothing at all.
    pub fn is_blank(&self) -> bool {
        self.fields.len() <= 1 && self.fields.iter().all(|field| field.is_blank(self.bytes))
    }

    /// The texts of its fields.
    pub fn texts(&self) -> Vec<String> {
        let text = |field: &Field| String::from_utf8_lossy(&field.text(self.bytes)).into_owned();
        self.fields.iter().map(text).collect()
    }
}

/// What was no record.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SplitterTally {
    /// Lines longer than 64 MiB, which were left out.
    pub too_long: usize,
    /// Quotes that were not closed, each taken for a letter of its field.
    pub unclosed: usize,
    /// The line of the first of them.
    pub first_unclosed: usize,
    /// Comment lines.
    pub comments: usize,
}

/// Bytes of a record beyond which it is left out: no table has such a row, and memory stays bounded.
pub(crate) const LONGEST: usize = 1 << 26;

/// Splits a file into records. Its bytes come in pieces of any length; a line ends at LF, CR or CRLF.
///
/// ```
/// use anet_core::table::{Delimiter, Dialect, RecordSplitter};
/// let (mut splitter, mut rows) = (RecordSplitter::new(Dialect::new(Delimiter::Byte(b';'))), vec![]);
/// for piece in [b"a;\"b".as_slice(), b";c\"\r\n1", b";2"] {
///     splitter.feed(piece, |record| rows.push(record.texts()));
/// }
/// splitter.finish(|record| rows.push(record.texts()));
/// assert_eq!(rows, [["a", "b;c"], ["1", "2"]]);
/// ```
#[derive(Debug)]
pub struct RecordSplitter {
    dialect: Dialect,
    tally: SplitterTally,
    /// Bytes from the beginning of the record that has not ended yet.
    rest: Vec<u8>,
    scan: Scan,
    line: usize,
    /// Bytes of the file before `rest`.
    before: usize,
}

/// How far the record is read.
#[derive(Debug, Default)]
struct Scan {
    fields: Vec<Field>,
    /// Where the record begins.
    record: usize,
    at: usize,
    within: Within,
    /// A quote is a letter in this record.
    literal: bool,
    /// The last line ended with CR: one LF, behind any more of them, is its too.
    after_cr: bool,
}

/// What the next byte is in.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
enum Within {
    #[default]
    LineStart,
    FieldStart,
    Plain(usize),
    Quoted(usize),
    /// Behind a closing quote.
    Closed(usize),
    Comment,
    TooLong,
}

impl RecordSplitter {
    /// A splitter at the beginning of a file.
    pub fn new(dialect: Dialect) -> Self {
        let (scan, tally) = (Scan::default(), SplitterTally::default());
        Self { dialect, tally, rest: Vec::new(), scan, line: 1, before: 0 }
    }

    /// What was no record so far.
    pub fn tally(&self) -> SplitterTally {
        self.tally
    }

    /// Hands each record that ends in these bytes to `each`.
    pub fn feed(&mut self, bytes: &[u8], mut each: impl FnMut(Record<'_>)) {
        self.rest.extend_from_slice(bytes);
        while self.next(&mut each) {}
        self.bound();
        let used = if self.scan.within == Within::TooLong { self.scan.at } else { self.scan.record };
        self.rest.drain(..used);
        self.before += used;
        self.scan.rebase(used);
    }

    /// Hands a last record without a newline to `each`.
    pub fn finish(&mut self, mut each: impl FnMut(Record<'_>)) {
        loop {
            let is_over = self.scan.within == Within::LineStart && self.scan.at >= self.rest.len();
            if is_over || self.scan.within == Within::TooLong {
                return;
            }
            let added = self.rest.len();
            self.rest.push(b'\n');
            while self.next(&mut each) {}
            if !matches!(self.scan.within, Within::Quoted(_)) {
                return;
            }
            self.rest.truncate(added);
            self.unquote();
        }
    }

    /// Reads up to the end of a record; `false` where the bytes end first.
    fn next(&mut self, each: &mut impl FnMut(Record<'_>)) -> bool {
        while let Some(&byte) = self.rest.get(self.scan.at) {
            let ended = match self.scan.within {
                Within::LineStart => self.line_start(byte, each),
                Within::FieldStart => self.field_start(),
                Within::Plain(start) => self.plain(start),
                Within::Quoted(start) => self.quoted(start),
                Within::Closed(start) => self.closed(start),
                Within::Comment | Within::TooLong => self.skip(),
            };
            match ended {
                Step::Wait => return false,
                Step::On => {}
                Step::End => {
                    self.end(each);
                    return true;
                }
            }
        }
        false
    }

    fn line_start(&mut self, byte: u8, each: &mut impl FnMut(Record<'_>)) -> Step {
        if self.scan.after_cr {
            match self.carriage_returns(each) {
                Some(()) => {}
                None => return Step::Wait,
            }
            return Step::On;
        }
        if Some(byte) == self.dialect.comment {
            match is_spreadsheet_error(&self.rest[self.scan.at..]) {
                None => return Step::Wait,
                Some(true) => {}
                Some(false) => {
                    self.tally.comments += 1;
                    self.scan.within = Within::Comment;
                    return Step::On;
                }
            }
        }
        self.scan.within = Within::FieldStart;
        Step::On
    }

    /// Passes over the LF of CRLF, or of CRCRLF. A CR that no LF follows ends a blank line.
    fn carriage_returns(&mut self, each: &mut impl FnMut(Record<'_>)) -> Option<()> {
        let start = self.scan.at;
        let more = self.rest[start..].iter().position(|&byte| byte != b'\r')?;
        let is_line_feed = self.rest[start + more] == b'\n';
        self.scan.after_cr = false;
        self.scan.at += more + usize::from(is_line_feed);
        if !is_line_feed {
            for at in start..start + more {
                let fields = [Field { start: at, end: at, quote: None }];
                each(Record {
                    bytes: &self.rest,
                    fields: &fields,
                    line: self.line,
                    end: self.before + at + 1,
                });
                self.line += 1;
            }
        }
        self.scan.record = self.scan.at;
        Some(())
    }

    /// Passes over the white space before a field, which is none of it; a line may end behind it.
    fn field_start(&mut self) -> Step {
        let spaces = self.dialect.delimiter == Delimiter::Spaces;
        let is_white = |byte: &u8| *byte == b' ' || (*byte == b'\t' && spaces);
        let bytes = &self.rest[self.scan.at..];
        let Some(white) = bytes.iter().position(|byte| !is_white(byte)) else {
            self.scan.at = self.rest.len();
            return Step::Wait;
        };
        self.scan.at += white;
        let byte = self.rest[self.scan.at];
        if spaces && matches!(byte, b'\n' | b'\r') && !self.scan.fields.is_empty() {
            return Step::End;
        }
        self.field_at(byte)
    }

    fn field_at(&mut self, byte: u8) -> Step {
        let scan = &mut self.scan;
        if Some(byte) == self.dialect.quote && !scan.literal {
            scan.at += 1;
            scan.within = Within::Quoted(scan.at);
        } else {
            scan.within = Within::Plain(scan.at);
        }
        Step::On
    }

    fn plain(&mut self, start: usize) -> Step {
        let bytes = &self.rest[self.scan.at..];
        let length = match self.dialect.delimiter {
            Delimiter::Byte(delimiter) => {
                bytes.iter().position(|&byte| byte == delimiter || byte == b'\n' || byte == b'\r')
            }
            Delimiter::Spaces => bytes.iter().position(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')),
        };
        self.field_end(start, length, None)
    }

    fn quoted(&mut self, start: usize) -> Step {
        let Some(quote) = self.dialect.quote else { return Step::Wait };
        match self.rest[self.scan.at..].iter().position(|&byte| byte == quote) {
            None => {
                self.scan.at = self.rest.len();
                if self.scan.at - start > self.dialect.longest_quote {
                    self.unquote();
                    return Step::On;
                }
                Step::Wait
            }
            Some(length) => {
                let at = self.scan.at + length;
                match self.rest.get(at + 1) {
                    None => {
                        self.scan.at = at;
                        return Step::Wait;
                    }
                    Some(&next) if next == quote => self.scan.at = at + 2,
                    Some(_) => {
                        self.scan.at = at + 1;
                        self.scan.within = Within::Closed(start);
                    }
                }
                Step::On
            }
        }
    }

    fn closed(&mut self, start: usize) -> Step {
        let bytes = &self.rest[self.scan.at..];
        let length = match self.dialect.delimiter {
            Delimiter::Byte(delimiter) => {
                bytes.iter().position(|&byte| byte == delimiter || byte == b'\n' || byte == b'\r')
            }
            Delimiter::Spaces => bytes.iter().position(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')),
        };
        self.field_end(start, length, self.dialect.quote)
    }

    /// Ends a field where its delimiter or its newline stands.
    fn field_end(&mut self, start: usize, length: Option<usize>, quote: Option<u8>) -> Step {
        let scan = &mut self.scan;
        let Some(length) = length else {
            scan.at = self.rest.len();
            return Step::Wait;
        };
        scan.at += length;
        scan.fields.push(Field { start, end: scan.at, quote });
        if matches!(self.rest[scan.at], b'\n' | b'\r') {
            return Step::End;
        }
        scan.at += 1;
        scan.within = Within::FieldStart;
        Step::On
    }

    /// Passes over a line.
    fn skip(&mut self) -> Step {
        let scan = &mut self.scan;
        match self.rest[scan.at..].iter().position(|byte| matches!(byte, b'\n' | b'\r')) {
            None => {
                scan.at = self.rest.len();
                Step::Wait
            }
            Some(length) => {
                scan.at += length;
                Step::End
            }
        }
    }

    /// Ends the line at `scan.at`.
    fn end(&mut self, each: &mut impl FnMut(Record<'_>)) {
        let passed_over = matches!(self.scan.within, Within::Comment | Within::TooLong);
        let record = &self.rest[self.scan.record..self.scan.at];
        let is_quoted = self.scan.fields.iter().any(|field| field.quote.is_some());
        let lines = if is_quoted { lines_of(record) } else { 0 };
        if lines > 0 && self.dialect.columns.is_some_and(|columns| columns != self.scan.fields.len()) {
            self.unquote();
            return;
        }
        self.scan.after_cr = self.rest[self.scan.at] == b'\r';
        self.scan.at += 1;
        if !passed_over {
            let end = self.before + self.scan.at;
            each(Record { bytes: &self.rest, fields: &self.scan.fields, line: self.line, end });
        }
        self.line += 1 + lines;
        self.scan.begin();
    }

    /// Reads the record once more, with its quotes as letters.
    fn unquote(&mut self) {
        if self.tally.unclosed == 0 {
            self.tally.first_unclosed = self.line;
        }
        self.tally.unclosed += 1;
        self.scan.at = self.scan.record;
        self.scan.fields.clear();
        self.scan.within = Within::FieldStart;
        self.scan.literal = true;
    }

    /// Gives up a record that no memory should hold.
    fn bound(&mut self) {
        let open = !matches!(self.scan.within, Within::LineStart | Within::TooLong | Within::Comment);
        if open && self.rest.len() - self.scan.record > LONGEST {
            self.tally.too_long += 1;
            self.scan.fields.clear();
            self.scan.at = self.rest.len();
            self.scan.within = Within::TooLong;
        } else if self.scan.within == Within::Comment {
            self.scan.record = self.scan.at;
        }
    }
}

impl Scan {
    /// Begins a record where the last one ended.
    fn begin(&mut self) {
        self.fields.clear();
        self.record = self.at;
        self.within = Within::LineStart;
        self.literal = false;
    }

    /// Counts from later on.
    fn rebase(&mut self, used: usize) {
        if used == 0 {
            return;
        }
        self.at -= used;
        self.record = self.record.saturating_sub(used);
        for field in &mut self.fields {
            field.start -= used;
            field.end -= used;
        }
        if let Within::Plain(start) | Within::Quoted(start) | Within::Closed(start) = &mut self.within {
            *start -= used;
        }
    }
}

/// What a byte leads to.
enum Step {
    On,
    /// The bytes end before it is known.
    Wait,
    /// The line ends here.
    End,
}

/// Ends of lines within a record.
fn lines_of(record: &[u8]) -> usize {
    let feeds = record.iter().filter(|&&byte| byte == b'\n').count();
    if feeds > 0 { feeds } else { record.iter().filter(|&&byte| byte == b'\r').count() }
}

/// Whether a line begins with `#N/A` or another of a spreadsheet's errors, which is a cell; `None` before that is known.
fn is_spreadsheet_error(line: &[u8]) -> Option<bool> {
    const ERRORS: [&[u8]; 8] =
        [b"#N/A", b"#NA", b"#DIV/0!", b"#VALUE!", b"#REF!", b"#NUM!", b"#NAME?", b"#NULL!"];
    let found = ERRORS.iter().any(|error| line.starts_with(error));
    let may_come = line.len() < 8 && !line.iter().any(|&byte| byte == b'\n' || byte == b'\r');
    if !found && may_come && ERRORS.iter().any(|error| error.starts_with(line)) { None } else { Some(found) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(dialect: Dialect, text: &[u8], piece: usize) -> (Vec<Vec<String>>, SplitterTally) {
        let (mut splitter, mut rows) = (RecordSplitter::new(dialect), vec![]);
        text.chunks(piece).for_each(|bytes| splitter.feed(bytes, |record| rows.push(record.texts())));
        splitter.finish(|record| rows.push(record.texts()));
        (rows, splitter.tally())
    }

    fn csv() -> Dialect {
        Dialect::new(Delimiter::Byte(b','))
    }

    #[test]
    fn any_end_of_line_in_pieces_of_any_length() {
        for end in ["\n", "\r", "\r\n", "\r\r\n"] {
            let text = format!("a,\"b\"\"{end}c\"{end}{end}1, \"x, y\" {end}3,");
            for piece in [1, 2, 3, 100] {
                let (rows, tally) = split(csv(), text.as_bytes(), piece);
                assert_eq!(rows.len(), 4, "{end:?} {piece} {rows:?}");
                assert_eq!(rows[0][0], "a");
                assert_eq!(rows[1], [""]);
                assert_eq!(rows[2], ["1", "x, y"]);
                assert_eq!(rows[3], ["3", ""]);
                assert_eq!(tally, SplitterTally::default());
            }
        }
    }

    #[test]
    fn a_quote_that_is_not_closed_is_a_letter_and_told() {
        for piece in [1, 3, 100] {
            let (rows, tally) = split(csv(), b"a,b\n\"1,2\n3,4\n5,6", piece);
            assert_eq!(rows, [["a", "b"], ["\"1", "2"], ["3", "4"], ["5", "6"]]);
            assert_eq!((tally.unclosed, tally.first_unclosed), (1, 2));
            let dialect = Dialect { columns: Some(2), ..csv() };
            let (rows, tally) = split(dialect, b"a,b\n\"1,2\n3,4\n5,6\n7,\"8\"\n", piece);
            assert_eq!(rows[1..], [["\"1", "2"], ["3", "4"], ["5", "6"], ["7", "8"]]);
            assert_eq!(tally.unclosed, 1);
        }
    }

    #[test]
    fn comments_are_no_records_but_a_spreadsheets_errors_are() {
        let dialect = Dialect { comment: Some(b'#'), ..csv() };
        for piece in [1, 2, 100] {
            let (rows, tally) = split(dialect, b"# \"a\nx\n#N/A\n1\n#N", piece);
            assert_eq!(rows, [["x"], ["#N/A"], ["1"]], "{piece}");
            assert_eq!(tally.comments, 2);
        }
    }

    #[test]
    fn white_space_is_one_delimiter() {
        let dialect = Dialect::new(Delimiter::Spaces);
        for piece in [1, 2, 100] {
            let (rows, _) = split(dialect, b"  a \t b  \n 1 \"2 3\" \n   \n4 5", piece);
            assert_eq!(rows, [vec!["a", "b"], vec!["1", "2 3"], vec![""], vec!["4", "5"]], "{piece}");
        }
    }

    #[test]
    fn a_line_without_end_is_left_out_in_bounded_memory() {
        let mut splitter = RecordSplitter::new(csv());
        let (mut rows, piece) = (vec![], vec![b'x'; 1 << 23]);
        splitter.feed(b"a,b\n", |record| rows.push(record.texts()));
        for _ in 0..10 {
            splitter.feed(&piece, |record| rows.push(record.texts()));
        }
        assert!(splitter.rest.len() <= LONGEST + piece.len());
        splitter.feed(b"\n1,2\n", |record| rows.push(record.texts()));
        assert_eq!(rows, [["a", "b"], ["1", "2"]]);
        assert_eq!(splitter.tally().too_long, 1);
    }
}
