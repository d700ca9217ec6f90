//! A hash that is the same on every machine and in every version.

/// FNV-1a over `bytes`, 64 bits: for fingerprints and identities, not against an adversary.
///
/// Source: <http://www.isthe.com/chongo/tech/comp/fnv/>.
///
/// ```
/// assert_eq!(xinglin_text::hash64("杏林".as_bytes()), xinglin_text::hash64("杏林".as_bytes()));
/// assert_eq!(xinglin_text::hash64(b""), 0xcbf2_9ce4_8422_2325);
/// ```
#[must_use]
pub fn hash64(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
