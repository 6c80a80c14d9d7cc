//! Compression: a body alone, or a text that is mostly its body again. Knows bytes only.
//!
//! A canonical text repeats its body almost word for word, so it is compressed with the body as the frame's
//! prefix (RFC 8878 calls it a raw content dictionary): 5 kB of text cost some fifty bytes.

use std::cell::RefCell;

use zstd::zstd_safe::{self, CCtx, CParameter, DCtx, ResetDirective};

use super::StoreError;

/// Compression level: 6 saves 1.5 % of the disk and costs a sixth of the import rate.
const LEVEL: i32 = 3;

/// More than any stored size can be; a larger one is damage, not a reason to ask for memory.
const LARGEST: usize = 1 << 30;

thread_local! {
    /// A compressor's tables cost more to make than most bodies to compress.
    static COMPRESSOR: RefCell<CCtx<'static>> = RefCell::new(CCtx::create());
    static DECOMPRESSOR: RefCell<DCtx<'static>> = RefCell::new(DCtx::create());
}

/// Compresses `bytes`; `prefix` must be given again to [`unpack`].
pub(super) fn pack(bytes: &[u8], prefix: &[u8]) -> Result<Vec<u8>, StoreError> {
    if !prefix.is_empty() {
        let mut context = CCtx::create();
        context.ref_prefix(prefix).map_err(fault)?;
        return compress(&mut context, bytes);
    }
    COMPRESSOR.with_borrow_mut(|context| {
        context.reset(ResetDirective::SessionAndParameters).map_err(fault)?;
        compress(context, bytes)
    })
}

fn compress(context: &mut CCtx<'_>, bytes: &[u8]) -> Result<Vec<u8>, StoreError> {
    context.set_parameter(CParameter::CompressionLevel(LEVEL)).map_err(fault)?;
    context.set_parameter(CParameter::ContentSizeFlag(false)).map_err(fault)?;
    let mut packed = Vec::with_capacity(zstd_safe::compress_bound(bytes.len()));
    context.compress2(&mut packed, bytes).map_err(fault)?;
    packed.shrink_to_fit();
    Ok(packed)
}

/// The bytes again: `size` of them.
pub(super) fn unpack(packed: &[u8], size: usize, prefix: &[u8]) -> Result<Vec<u8>, StoreError> {
    let mut bytes = Vec::new();
    if size > LARGEST || bytes.try_reserve_exact(size).is_err() {
        return Err(StoreError::Damaged);
    }
    if prefix.is_empty() {
        DECOMPRESSOR.with_borrow_mut(|context| {
            context.reset(ResetDirective::SessionAndParameters).map_err(fault)?;
            context.decompress(&mut bytes, packed).map_err(|_| StoreError::Damaged)
        })?;
    } else {
        let mut context = DCtx::create();
        context.ref_prefix(prefix).map_err(fault)?;
        context.decompress(&mut bytes, packed).map_err(|_| StoreError::Damaged)?;
    }
    if bytes.len() == size { Ok(bytes) } else { Err(StoreError::Damaged) }
}

/// The error of a compressor's code.
fn fault(code: zstd_safe::ErrorCode) -> StoreError {
    StoreError::Fault(zstd_safe::get_error_name(code).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_the_same_bytes_again() {
        let body = "الكويت والصين تعقدان الجولة الخامسة من المشاورات السياسية ".repeat(80).into_bytes();
        let magic = [0x37, 0xA4, 0x30, 0xEC, 1, 2, 3, 4, 5, 6, 7, 8, 9];
        for (bytes, prefix) in [
            (&b""[..], &b""[..]),
            (b"x", b""),
            (b"", b"abc"),
            (&body, b""),
            (&body, &body),
            (&body, &magic),
            (b"abc", &body),
        ] {
            let packed = pack(bytes, prefix).unwrap();
            assert_eq!(unpack(&packed, bytes.len(), prefix).unwrap(), bytes);
        }
    }

    #[test]
    fn a_text_beside_its_body_costs_little() {
        let mut body = String::new();
        for number in 0..400 {
            body.push_str(&format!("خبر {number} {} ", number * 7919 % 1000));
        }
        // A copy: zstd does not look for matches in a prefix that shares memory with what it compresses.
        let packed = pack(body.trim().to_owned().as_bytes(), body.as_bytes()).unwrap();
        assert!(packed.len() < 60, "{}", packed.len());
    }

    #[test]
    fn damage_is_said_not_believed() {
        let packed = pack(b"some text", b"").unwrap();
        assert!(matches!(unpack(&packed, usize::MAX, b""), Err(StoreError::Damaged)));
        assert!(matches!(unpack(&packed, 4, b""), Err(StoreError::Damaged)));
        assert!(matches!(unpack(b"nonsense", 9, b""), Err(StoreError::Damaged)));
        assert!(matches!(unpack(&[], 9, b""), Err(StoreError::Damaged)));
    }
}
