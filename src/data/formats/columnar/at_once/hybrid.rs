//! Small numbers as Parquet writes them: runs of one number, and numbers of a few bits in groups of eight
//! (<https://parquet.apache.org/docs/file-format/data-pages/encodings/>, "RLE/Bit-Packing Hybrid").

/// Numbers that follow one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Run<'a> {
    /// The same one so often.
    Repeated(u32, usize),
    /// So many, of `bits` each, in groups of eight: the last one may hold more.
    Packed(&'a [u8], usize),
}

/// Runs that hold so many numbers together.
#[derive(Debug)]
pub(super) struct Runs<'a> {
    rest: &'a [u8],
    bits: usize,
    left: usize,
}

impl<'a> Runs<'a> {
    /// Of numbers of `bits` bits, at most 32.
    pub(super) fn new(bytes: &'a [u8], bits: u8, numbers: usize) -> Option<Self> {
        (bits <= 32).then_some(Self { rest: bytes, bits: bits.into(), left: numbers })
    }

    /// The next run, `Ok(None)` behind the last; fails where they end early.
    pub(super) fn next(&mut self) -> Result<Option<Run<'a>>, Damaged> {
        while self.left > 0 {
            let head = head(&mut self.rest)?;
            let half = (head >> 1) as usize;
            let run = if head & 1 == 0 {
                let bytes = self.take(self.bits.div_ceil(8))?;
                let number = bytes.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte));
                Run::Repeated(number, half.min(self.left))
            } else {
                let bytes = self.take(half.checked_mul(self.bits).ok_or(Damaged)?)?;
                Run::Packed(bytes, half.saturating_mul(8).min(self.left))
            };
            let (Run::Repeated(_, numbers) | Run::Packed(_, numbers)) = run;
            self.left -= numbers;
            if numbers > 0 {
                return Ok(Some(run));
            }
        }
        Ok(None)
    }

    /// Hands on each number of a packed run.
    pub(super) fn unpack(&self, packed: &[u8], numbers: usize, on: &mut impl FnMut(u32)) {
        let mask = (1_u64 << self.bits) - 1;
        let groups = packed.chunks(self.bits.max(1)).map(Some).chain(std::iter::repeat(None));
        let mut left = numbers;
        for group in groups.take(numbers.div_ceil(8)) {
            // Numbers of no bits take no bytes.
            let group = group.unwrap_or_default();
            let here = left.min(8);
            if self.bits <= 8 {
                let mut word = [0; 8];
                word.iter_mut().zip(group).for_each(|(to, from)| *to = *from);
                let word = u64::from_le_bytes(word);
                (0..here).for_each(|number| on((word >> (number * self.bits) & mask) as u32));
            } else {
                // Eight numbers of 32 bits, and as much as a word reads beyond the last.
                let mut bytes = [0; 40];
                bytes.iter_mut().zip(group).for_each(|(to, from)| *to = *from);
                for number in 0..here {
                    let bit = number * self.bits;
                    let word = bytes.get(bit / 8..).and_then(|from| from.first_chunk()).copied().unwrap_or_default();
                    on((u64::from_le_bytes(word) >> (bit % 8) & mask) as u32);
                }
            }
            left -= here;
        }
    }

    fn take(&mut self, bytes: usize) -> Result<&'a [u8], Damaged> {
        let (taken, rest) = self.rest.split_at_checked(bytes).ok_or(Damaged)?;
        self.rest = rest;
        Ok(taken)
    }
}

/// What a run begins with: twice its length, or how many groups of eight it has, and one more where these are packed. Most take a byte.
#[inline]
pub(super) fn head(rest: &mut &[u8]) -> Result<u64, Damaged> {
    let mut head = 0;
    for shift in (0..35).step_by(7) {
        let (byte, behind) = rest.split_first().ok_or(Damaged)?;
        *rest = behind;
        head |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok(head);
        }
    }
    Err(Damaged)
}

/// It is not as it must be, or not as it is read here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Damaged;
