//! The wanted columns of a table, out of its bytes.

use crate::table::cell::Cells;
use crate::table::column::{Builder, ColumnPiece, ColumnSpec};
use crate::table::field::Field;
use crate::table::number::{NumberStyle, read_number};
use crate::table::splitter::{Dialect, Record, RecordSplitter, SplitterTally};
use crate::table::tally::{ColumnTally, Example, RowTally};
use crate::table::time::TimeZone;
use crate::table::words::is_summary;

/// How a table is to be read, but for which columns of it.
#[derive(Debug, Clone, PartialEq)]
pub struct TableLayout {
    /// How it is cut.
    pub dialect: Dialect,
    /// How its numbers are written.
    pub number: NumberStyle,
    /// Words for a missing cell, in lower case. One that is a number makes that number missing.
    pub missing: Vec<String>,
    /// The header, to be passed over wherever it comes again.
    pub header: Vec<String>,
    /// Whether a row that begins with a word for a sum is passed over.
    pub summaries: bool,
    /// Whether a row of another number of fields is left out.
    pub exact: bool,
}

/// Takes bytes, from the first row behind the header on, and gives columns.
///
/// ```
/// use anet_core::table::*;
/// let dialect = Dialect { columns: Some(2), ..Dialect::new(Delimiter::Byte(b',')) };
/// let missing = MISSING.map(String::from).to_vec();
/// let (number, header) = (NumberStyle::default(), vec![]);
/// let layout = TableLayout { dialect, number, missing, header, summaries: true, exact: false };
/// let spec = ColumnSpec { field: 1, second: None, kind: ColumnKind::Number { flags: false } };
/// let mut reader = TableReader::new(layout, &[spec], 2);
/// reader.feed(b"a,1.5\nb,-\nc,x");
/// reader.finish();
/// let ColumnPiece::Numbers(column) = &reader.take().1[0] else { panic!() };
/// assert_eq!((column.values[0], &column.given[..]), (1.5, &[true, false, false][..]));
/// assert_eq!(reader.tally(0).first_unreadable.as_ref().unwrap().line, 4);
/// ```
#[derive(Debug)]
pub struct TableReader {
    splitter: RecordSplitter,
    rows: Rows,
}

#[derive(Debug)]
struct Rows {
    layout: TableLayout,
    missing_numbers: Vec<f64>,
    columns: Vec<Column>,
    tally: RowTally,
    /// Blank lines that are samples if a row follows.
    blank: usize,
    /// Lines before the first byte.
    lines_before: usize,
    /// Rows that were taken already.
    taken: usize,
}

#[derive(Debug)]
struct Column {
    spec: ColumnSpec,
    builder: Builder,
    tally: ColumnTally,
}

impl TableReader {
    /// A reader of these columns; the first byte is of line `line`.
    pub fn new(layout: TableLayout, columns: &[ColumnSpec], line: usize) -> Self {
        let number = |word: &String| read_number(word.as_bytes(), layout.number).map(|cell| cell.value);
        let missing_numbers = layout.missing.iter().filter_map(number).collect();
        let column = |&spec: &ColumnSpec| Column {
            spec,
            builder: Builder::new(spec.kind),
            tally: ColumnTally::default(),
        };
        let rows = Rows {
            missing_numbers,
            columns: columns.iter().map(column).collect(),
            tally: RowTally::default(),
            blank: 0,
            lines_before: line.saturating_sub(1),
            taken: 0,
            layout,
        };
        Self { splitter: RecordSplitter::new(rows.layout.dialect), rows }
    }

    /// Takes the next bytes, and reads all rows that end in them.
    pub fn feed(&mut self, bytes: &[u8]) {
        let Self { splitter, rows } = self;
        splitter.feed(bytes, |record| rows.take(record));
    }

    /// Reads a last row that has no newline.
    pub fn finish(&mut self) {
        let Self { splitter, rows } = self;
        splitter.finish(|record| rows.take(record));
    }

    /// Takes what was read since the last call: how many rows, and of each column, in their order.
    pub fn take(&mut self) -> (usize, Vec<ColumnPiece>) {
        let rows = self.rows.tally.rows - self.rows.taken;
        self.rows.taken = self.rows.tally.rows;
        (rows, self.rows.columns.iter_mut().map(|column| column.builder.take()).collect())
    }

    /// What became of the rows so far.
    pub fn rows(&self) -> &RowTally {
        &self.rows.tally
    }

    /// What was no record so far.
    pub fn records(&self) -> SplitterTally {
        let mut tally = self.splitter.tally();
        tally.first_unclosed += self.rows.lines_before;
        tally
    }

    /// The zone in which a column writes its times; none of any other column.
    ///
    /// # Panics
    /// There is no column of that index.
    pub fn zone(&self, column: usize) -> TimeZone {
        match &self.rows.columns[column].builder {
            Builder::Times(times) => times.zone(),
            _ => TimeZone::Unwritten,
        }
    }

    /// What stood in a column so far.
    ///
    /// # Panics
    /// There is no column of that index.
    pub fn tally(&self, column: usize) -> &ColumnTally {
        &self.rows.columns[column].tally
    }
}

impl Rows {
    fn take(&mut self, record: Record<'_>) {
        let wanted = self.layout.dialect.columns.unwrap_or(record.fields.len());
        if record.is_blank() {
            self.blank += usize::from(wanted == 1);
        } else if self.repeats_header(&record) {
            self.tally.headers += 1;
        } else if self.layout.summaries && is_summary(&record.fields[0].text(record.bytes)) {
            self.tally.summaries += 1;
        } else if record.fields.iter().any(|field| !field.is_blank(record.bytes))
            && self.fits(&record, wanted)
        {
            self.blanks();
            self.row(&record);
        }
    }

    fn repeats_header(&self, record: &Record<'_>) -> bool {
        let header = &self.layout.header;
        let same = |(field, name): (&Field, &String)| *field.text(record.bytes) == *name.as_bytes();
        !header.is_empty()
            && header.len() == record.fields.len()
            && record.fields.iter().zip(header).all(same)
    }

    /// Whether a record is a row of the table; a note between the rows is none.
    fn fits(&mut self, record: &Record<'_>, wanted: usize) -> bool {
        let got = record.fields.len();
        if got == wanted {
            return true;
        }
        let example = || Example::new(record.line + self.lines_before, line_of(record));
        if self.layout.exact || (got == 1 && wanted > 1) {
            self.tally.left_out += 1;
            self.tally.first_left_out.get_or_insert_with(example);
            return false;
        }
        let is_longer = record.fields.iter().skip(wanted).any(|field| !field.is_blank(record.bytes));
        self.tally.long += usize::from(is_longer);
        self.tally.short += usize::from(got < wanted);
        if is_longer || got < wanted {
            self.tally.first_ragged.get_or_insert_with(example);
        }
        true
    }

    /// Makes missing samples of the blank lines before a row.
    fn blanks(&mut self) {
        for _ in 0..std::mem::take(&mut self.blank) {
            self.tally.blank += 1;
            self.row(&Record { bytes: b"", fields: &[], line: 0, end: 0 });
        }
    }

    fn row(&mut self, record: &Record<'_>) {
        let row = self.tally.rows - self.taken;
        let line = record.line + self.lines_before;
        let cells = Cells {
            style: self.layout.number,
            missing: &self.layout.missing,
            numbers: &self.missing_numbers,
            line,
        };
        for Column { spec, builder, tally } in &mut self.columns {
            let field = record.fields.get(spec.field).copied().unwrap_or_default();
            let text = field.text(record.bytes);
            match builder {
                Builder::Numbers(numbers, flags) => numbers.push(cells.number(&text, *flags, tally)),
                Builder::Texts(texts) => texts.push(row, &String::from_utf8_lossy(&text)),
                Builder::Keys(keys) => keys.push(&text),
                Builder::Times(times) => {
                    let second = spec.second.and_then(|at| record.fields.get(at));
                    let joined = second.map(|field| [&text[..], b" ", &field.text(record.bytes)].concat());
                    let seconds = cells.time(joined.as_deref().unwrap_or(&text), times, tally);
                    times.push(seconds);
                }
            }
        }
        self.tally.rows += 1;
    }
}

/// A record's bytes as they stand.
fn line_of<'a>(record: &Record<'a>) -> &'a [u8] {
    let (Some(first), Some(last)) = (record.fields.first(), record.fields.last()) else { return b"" };
    &record.bytes[first.start.min(last.end)..last.end]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{ColumnKind, Delimiter, MISSING};

    fn layout(columns: usize) -> TableLayout {
        let dialect =
            Dialect { columns: Some(columns), comment: Some(b'#'), ..Dialect::new(Delimiter::Byte(b',')) };
        TableLayout {
            dialect,
            number: NumberStyle::default(),
            missing: MISSING.map(String::from).to_vec(),
            header: vec!["a".into(), "b".into()],
            summaries: true,
            exact: false,
        }
    }

    fn spec(field: usize, kind: ColumnKind) -> ColumnSpec {
        ColumnSpec { field, second: None, kind }
    }

    #[test]
    fn columns_in_pieces_are_those_of_the_whole() {
        let text = b"x,1\nx,\n# \"\na,b\ny,- \ny,nan\n\nTotal,9\nz,5 ms\nz,2 s\n";
        for piece in [1, 3, 100] {
            let specs = [
                spec(1, ColumnKind::Number { flags: false }),
                spec(0, ColumnKind::Text),
                spec(0, ColumnKind::Key),
            ];
            let mut reader = TableReader::new(layout(2), &specs, 1);
            let (mut values, mut names) = (vec![], vec![]);
            for bytes in text.chunks(piece).chain([&b""[..]]) {
                reader.feed(bytes);
                let [ColumnPiece::Numbers(numbers), ColumnPiece::Texts(_), ColumnPiece::Keys(codes, labels)] =
                    &reader.take().1[..]
                else {
                    panic!()
                };
                values.extend(
                    numbers.values.iter().zip(&numbers.given).map(|(&value, &given)| given.then_some(value)),
                );
                names.extend(codes.iter().map(|&code| labels[code as usize].clone()));
            }
            assert_eq!(values.len(), 6);
            assert_eq!(
                (values[0], values[1], values[2], values[4], values[5]),
                (Some(1.0), None, None, Some(5.0), Some(2000.0))
            );
            assert!(values[3].is_some_and(f64::is_nan));
            assert_eq!(names, ["x", "x", "y", "y", "z", "z"]);
            let tally = reader.tally(0);
            assert_eq!(
                (tally.empty, &tally.missing[..], &*tally.unit),
                (1, &[("-".to_owned(), 1)][..], "ms")
            );
            assert_eq!(tally.converted, [("s".to_owned(), 1)]);
            assert_eq!((reader.rows().headers, reader.rows().summaries), (1, 1));
        }
    }

    #[test]
    fn a_blank_line_of_one_column_is_a_sample_but_at_the_end() {
        let mut one = layout(1);
        one.missing.push("-200".into());
        let mut reader = TableReader::new(one, &[spec(0, ColumnKind::Number { flags: false })], 1);
        reader.feed(b"1\n\n\n2\n-200\n\n\n");
        reader.finish();
        let ColumnPiece::Numbers(numbers) = &reader.take().1[0] else { panic!() };
        assert_eq!(numbers.given, [true, false, false, true, false]);
        assert_eq!(reader.rows().blank, 2);
    }

    #[test]
    fn ragged_rows_are_told() {
        let mut reader = TableReader::new(layout(2), &[spec(1, ColumnKind::Number { flags: false })], 1);
        reader.feed(b"1,2\nnote\n3\n1,2,3\n1,2,,\n");
        let tally = reader.rows();
        assert_eq!((tally.rows, tally.left_out, tally.long), (3, 2, 1));
        assert_eq!(tally.first_ragged, Some(Example { line: 4, text: "1,2,3".into() }));
    }
}
