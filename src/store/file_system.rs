//! Which kind of file system a path is on: write-ahead logging shares memory between processes, which network
//! file systems cannot do. Knows no SQL; `open.rs` asks.

use std::path::Path;

/// The name of the network file system that `path` is on; none for a local one, and where it cannot be told.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(super) fn network(path: &Path) -> Option<&'static str> {
    let found = rustix::fs::statfs(path).ok()?;
    // The kernel compares the low 32 bits, and their sign differs between architectures.
    network_by_magic(found.f_type as u64 & 0xFFFF_FFFF)
}

/// The name of the network file system that `path` is on; none for a local one, and where it cannot be told.
#[cfg(any(target_os = "macos", target_os = "ios", target_os = "freebsd"))]
pub(super) fn network(path: &Path) -> Option<&'static str> {
    /// `MNT_LOCAL` of `sys/mount.h`.
    const LOCAL: u64 = 0x1000;
    let found = rustix::fs::statfs(path).ok()?;
    (found.f_flags as u64 & LOCAL == 0).then_some("network")
}

/// Other systems do not tell.
#[cfg(not(any(
    target_os = "linux",
    target_os = "android",
    target_os = "macos",
    target_os = "ios",
    target_os = "freebsd"
)))]
pub(super) fn network(_path: &Path) -> Option<&'static str> {
    None
}

/// Network file systems by the magic numbers of Linux `statfs(2)`. FUSE is among them, because sshfs is one.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn network_by_magic(magic: u64) -> Option<&'static str> {
    Some(match magic {
        0x6969 => "NFS",
        0x517B | 0xFF53_4D42 | 0xFE53_4D42 => "SMB",
        0x5346_414F | 0x6B41_4653 => "AFS",
        0x7375_7245 => "Coda",
        0x564C => "NCP",
        0x0102_1997 => "9P",
        0x00C3_6400 => "Ceph",
        0x0BD0_0BD0 => "Lustre",
        0x0116_1970 => "GFS2",
        0x7461_636F => "OCFS2",
        0x4750_4653 => "GPFS",
        0x6573_5546 => "FUSE",
        _ => return None,
    })
}

#[cfg(all(test, any(target_os = "linux", target_os = "android")))]
mod tests {
    use super::*;

    #[test]
    fn knows_network_file_systems_from_local_ones() {
        for (magic, name) in [
            (0x6969, Some("NFS")),
            (0xFF53_4D42, Some("SMB")),
            (0x6573_5546, Some("FUSE")),
            (0xEF53, None),      // ext4
            (0x9123_683E, None), // btrfs
            (0x0102_1994, None), // tmpfs
            (0x794C_7630, None), // overlayfs
        ] {
            assert_eq!(network_by_magic(magic), name, "{magic:x}");
        }
        assert_eq!(network(Path::new("/proc")), None);
        assert_eq!(network(Path::new("/does/not/exist")), None);
    }
}
