//! Files of records. The first byte chooses the form and the length of the pieces; whatever that is, the answer is the same.

use anet_core::runlog::{Form, NumberColumn, RawRecord, cells, texts};
use anet_core::{RecordSplitter, TableReader};

use super::Target;

/// Records, and the cells of each.
pub(crate) const SPLITTER: Target = Target { name: "records", run: splitter, seeds };
/// The columns of a table.
pub(crate) const TABLE: Target = Target { name: "table", run: table, seeds };

const FORMS: [Form; 4] = [Form::JsonLines, Form::Csv(b','), Form::Csv(b';'), Form::Csv(b'\t')];
const PIECES: [usize; 4] = [1, 3, 64, 4096];

fn read(bytes: &[u8]) -> Option<(Form, usize, &[u8])> {
    let (&choice, text) = bytes.split_first()?;
    Some((FORMS[usize::from(choice & 3)], PIECES[usize::from(choice >> 2 & 3)], text))
}

fn splitter(bytes: &[u8]) -> bool {
    let Some((form, piece, text)) = read(bytes) else { return false };
    let (pieces, whole) = (records(form, text, piece), records(form, text, text.len().max(1)));
    assert_eq!(pieces, whole, "pieces of {piece} bytes");
    !whole.is_empty()
}

fn records(form: Form, text: &[u8], piece: usize) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut each = |record: RawRecord<'_>| {
        found.push(match record {
            RawRecord::Fields(fields) => texts(fields),
            RawRecord::Line(line) => {
                let mut told = Vec::new();
                cells(line, |name, cell| told.push(format!("{name}={cell:?}")));
                told
            }
        });
        Ok::<(), ()>(())
    };
    let mut splitter = RecordSplitter::new(form);
    text.chunks(piece).for_each(|piece| splitter.feed(piece, &mut each).expect("nothing is refused"));
    splitter.finish(&mut each).expect("nothing is refused");
    found
}

fn table(bytes: &[u8]) -> bool {
    let Some((form, piece, text)) = read(bytes) else { return false };
    let (pieces, whole) = (columns(form, text, piece), columns(form, text, text.len().max(1)));
    assert_eq!(pieces, whole, "pieces of {piece} bytes");
    whole.starts_with("true") && !whole.starts_with("true 0")
}

/// All that a reader says, as a text, in which NaN is equal to itself.
fn columns(form: Form, text: &[u8], piece: usize) -> String {
    let numbers = vec!["loss".to_owned(), "lr".to_owned()];
    let mut reader = TableReader::new(form, numbers, vec!["note".to_owned()]);
    let is_read = text.chunks(piece).all(|piece| reader.feed(piece).is_ok());
    if is_read {
        reader.finish();
    }
    let rows = reader.rows();
    let lengths = |column: &NumberColumn| (column.values.len(), column.given.len());
    assert!(reader.numbers().iter().all(|column| lengths(column) == (rows, rows)));
    format!("{is_read} {rows} {:?} {:?}", reader.numbers(), reader.texts())
}

fn seeds() -> Vec<Vec<u8>> {
    let json = "{\"loss\": 1.5, \"x\": {\"loss\": [2, \"}\"]}, \"note\": \"a \\\"b\\\"\\n\\u00e9\"}\n\n\
                {\"lr\":-Infinity,\"loss\":null,\"note\":\"\",\"nonfinite\":\"loss=NaN\"}\r\n{\"lr\":\"inf\"}\n";
    let csv = "loss,x,note,lr\r\n1.5,7,\"a \"\"b\"\"\n\u{e9}\",\r\nnan,,,-inf\nx,,'=1,inf\n,,,2\n";
    let texts = [json.to_owned(), csv.to_owned(), csv.replace(',', ";"), csv.replace(',', "\t")];
    let chosen = texts.iter().zip(0_u8..).map(|(text, form)| [&[form | 4][..], text.as_bytes()].concat());
    chosen.collect()
}
