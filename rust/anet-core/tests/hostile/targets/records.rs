//! Files of records and tables. The first byte chooses the dialect and the length of the pieces; whatever that is, the answer is
//! the same.

use anet_core::runlog::{JsonReader, LineSplitter, NumberColumn, cells};
use anet_core::table::{
    ColumnKind, ColumnSpec, Delimiter, Dialect, MISSING, NumberStyle, RecordSplitter, TableLayout,
    TableReader,
};

use super::Target;

/// Lines of JSON, and the cells of each.
pub(crate) const LINES: Target =
    Target { name: "json_lines", run: |bytes| is_same(bytes, lines), seeds: json };
/// The columns of JSON lines.
pub(crate) const JSON: Target =
    Target { name: "json_columns", run: |bytes| is_same(bytes, columns), seeds: json };
/// Records of a table, in any dialect.
pub(crate) const RECORDS: Target =
    Target { name: "records", run: |bytes| is_same(bytes, records), seeds: tables };
/// The columns of a table.
pub(crate) const TABLE: Target = Target { name: "table", run: |bytes| is_same(bytes, table), seeds: tables };

const DELIMITERS: [Delimiter; 4] =
    [Delimiter::Byte(b','), Delimiter::Byte(b';'), Delimiter::Byte(b'\t'), Delimiter::Spaces];
const PIECES: [usize; 4] = [1, 3, 64, 4096];

/// All that a reader says of a text in pieces, in which NaN is equal to itself; no record gives nothing.
type Read = fn(Delimiter, &[u8], usize) -> String;

fn is_same(bytes: &[u8], read: Read) -> bool {
    let Some((&choice, text)) = bytes.split_first() else { return false };
    let (delimiter, piece) = (DELIMITERS[usize::from(choice & 3)], PIECES[usize::from(choice >> 2 & 3)]);
    let whole = read(delimiter, text, text.len().max(1));
    assert_eq!(read(delimiter, text, piece), whole, "pieces of {piece} bytes");
    !whole.is_empty()
}

fn lines(_: Delimiter, text: &[u8], piece: usize) -> String {
    let mut told = String::new();
    let mut each = |line: &[u8]| {
        cells(line, |name, cell| told += &format!("{name}={cell:?};"));
        Ok::<(), ()>(())
    };
    let mut splitter = LineSplitter::default();
    text.chunks(piece).for_each(|piece| splitter.feed(piece, &mut each).expect("nothing is refused"));
    splitter.finish(&mut each).expect("nothing is refused");
    told
}

fn columns(_: Delimiter, text: &[u8], piece: usize) -> String {
    let numbers = vec!["loss".to_owned(), "lr".to_owned()];
    let mut reader = JsonReader::new(numbers, vec!["note".to_owned()]);
    let is_read = text.chunks(piece).all(|piece| reader.feed(piece).is_ok());
    if is_read {
        reader.finish();
    }
    let rows = reader.rows();
    let lengths = |column: &NumberColumn| (column.values.len(), column.given.len());
    assert!(reader.numbers().iter().all(|column| lengths(column) == (rows, rows)));
    if rows == 0 { String::new() } else { format!("{is_read} {:?} {:?}", reader.numbers(), reader.texts()) }
}

fn records(delimiter: Delimiter, text: &[u8], piece: usize) -> String {
    let mut told = String::new();
    let mut splitter = RecordSplitter::new(Dialect { longest_quote: 64, ..Dialect::new(delimiter) });
    text.chunks(piece)
        .for_each(|piece| splitter.feed(piece, |record| told += &format!("{:?};", record.texts())));
    splitter.finish(|record| told += &format!("{:?};", record.texts()));
    told
}

fn table(delimiter: Delimiter, text: &[u8], piece: usize) -> String {
    let dialect = Dialect { columns: Some(4), longest_quote: 64, ..Dialect::new(delimiter) };
    let (missing, header) = (MISSING.map(String::from).to_vec(), vec!["loss".to_owned(), "x".to_owned()]);
    let number = NumberStyle::default();
    let layout = TableLayout { dialect, number, missing, header, summaries: true, exact: false };
    let kinds = [ColumnKind::Number { flags: true }, ColumnKind::Key, ColumnKind::Text];
    let specs: Vec<_> =
        (0..).zip(kinds).map(|(field, kind)| ColumnSpec { field, second: None, kind }).collect();
    let mut reader = TableReader::new(layout, &specs, 1);
    text.chunks(piece).for_each(|piece| reader.feed(piece));
    reader.finish();
    let (rows, columns) = reader.take();
    if rows == 0 { String::new() } else { format!("{rows} {columns:?} {:?}", reader.rows()) }
}

fn json() -> Vec<Vec<u8>> {
    let json = "\u{4}{\"loss\": 1.5, \"x\": {\"loss\": [2, \"}\"]}, \"note\": \"a \\\"b\\\"\\n\\u00e9\"}\n\n\
                {\"lr\":-Infinity,\"loss\":null,\"note\":\"\",\"nonfinite\":\"loss=NaN\"}\r\n{\"lr\":\"inf\"}\n";
    vec![json.as_bytes().to_vec()]
}

fn tables() -> Vec<Vec<u8>> {
    let csv = "loss,x,note,lr\r\n1.5,7,\"a \"\"b\"\"\n\u{e9}\",\r\nnan,,,-inf\nx,,'=1,inf\n,,,2\n";
    let texts = [",", ";", "\t", "  "].map(|delimiter| csv.replace(',', delimiter));
    let chosen = texts.iter().zip(0_u8..).map(|(text, choice)| [&[choice | 4][..], text.as_bytes()].concat());
    chosen.collect()
}
