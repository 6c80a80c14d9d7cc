//! A feed's or a list's bytes as text, whatever was declared: what is UTF-8 is read as UTF-8.

use std::borrow::Cow;

use crate::article::Warning;
use crate::extract;

/// Bytes in which the XML declaration is looked for.
const DECLARATION: usize = 200;

/// The document as text, without a byte-order mark. `charset` is what the HTTP header said.
pub(super) fn decode<'a>(
    bytes: &'a [u8],
    charset: Option<&str>,
    warnings: &mut Vec<Warning>,
) -> Cow<'a, str> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        // UTF-16 without a mark is valid UTF-8 too, full of zeros.
        Ok(text) if !bytes.iter().take(64).any(|byte| *byte == 0) => Cow::Borrowed(text),
        _ => {
            let label = charset.map(str::to_owned).or_else(|| declared(bytes));
            Cow::Owned(extract::decode(bytes, label.as_deref(), false, warnings))
        }
    }
}

/// The encoding that the XML declaration names.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..bytes.len().min(DECLARATION))?;
    let text: String = head.iter().map(|byte| char::from(*byte)).collect();
    let start = text.find("<?xml")?;
    let declaration = text.get(start..)?.split("?>").next()?;
    let value = declaration.split("encoding").nth(1)?.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    value.get(1..)?.split(quote).next().map(|label| label.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], charset: Option<&str>, expected: &str) {
        let text = decode(bytes, charset, &mut Vec::new());
        assert!(text.contains(expected), "{text}");
    }

    #[test]
    fn what_is_utf_8_is_read_so_whatever_it_declares() {
        let lying = "<?xml version=\"1.0\" encoding=\"windows-1256\"?><rss>خبر عاجل من الكويت</rss>";
        check(lying.as_bytes(), Some("iso-8859-1"), "خبر عاجل");
        check(&["\u{feff}".as_bytes(), lying.as_bytes()].concat(), None, "خبر عاجل");
    }

    #[test]
    fn other_encodings_go_by_header_then_declaration_then_a_guess() {
        // «خبر عاجل من الكويت عن الأسعار» in Windows-1256.
        let arabic: &[u8] = b"<rss>\xce\xc8\xd1 \xda\xc7\xcc\xe1 \xe3\xe4 \xc7\xe1\xdf\xe6\xed\xca \xda\xe4 \xc7\xe1\xc3\xd3\xda\xc7\xd1</rss>";
        check(arabic, Some("windows-1256"), "خبر عاجل");
        check(arabic, Some("utf-8"), "خبر عاجل");
        check(&[b"<?xml version='1.0' encoding='windows-1256'?>", arabic].concat(), None, "خبر عاجل");
        check(arabic, None, "خبر عاجل");
        let wide: Vec<u8> = "<rss>خبر</rss>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&[b"\xff\xfe", &*wide].concat(), None, "خبر");
        check(&wide, None, "خبر");
    }
}
