//! `groups`: one labelled block per value of a column, packed in reading order.
