//! What lies where under which name: pairs, folders, compressed files, pipes.
