//! Numbers of variable length: seven bits a byte, the lowest first; the last byte of a number has its highest bit set.

/// The number at a place, which moves behind it; `None` where the bytes end within it, or it is none of 32 bits.
pub(super) fn read_number(bytes: &[u8], at: &mut usize) -> Option<u32> {
    let mut number = 0u64;
    for shift in [0, 7, 14, 21, 28] {
        let byte = *bytes.get(*at)?;
        *at += 1;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 != 0 {
            return u32::try_from(number).ok();
        }
    }
    None
}

/// Fills room with what is made of as many numbers; whether there were so many.
pub(super) fn read_numbers<'a>(
    bytes: &[u8],
    at: &mut usize,
    room: impl Iterator<Item = &'a mut u32>,
    mut make: impl FnMut(u32) -> u32,
) -> bool {
    for place in room {
        // Most are of one byte.
        let number = match bytes.get(*at) {
            Some(byte) if byte & 0x80 != 0 => {
                *at += 1;
                Some(u32::from(byte & 0x7f))
            }
            _ => read_number(bytes, at),
        };
        let Some(number) = number else { return false };
        *place = make(number);
    }
    true
}
