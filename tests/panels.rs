//! The panels driven without a window: by role and label as a screen reader sees them, and by where they paint.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test that cannot go on should stop.

#[path = "panels/asking.rs"]
mod asking;
#[path = "panels/cards.rs"]
mod cards;
#[path = "panels/clusters.rs"]
mod clusters;
#[path = "panels/commands.rs"]
mod commands;
#[path = "panels/compare.rs"]
mod compare;
#[path = "panels/completing.rs"]
mod completing;
#[path = "panels/controls.rs"]
mod controls;
#[path = "panels/differ.rs"]
mod differ;
#[path = "panels/export.rs"]
mod export;
#[path = "panels/facets.rs"]
mod facets;
#[path = "panels/field_order.rs"]
mod field_order;
#[path = "panels/find.rs"]
mod find;
#[path = "panels/hand.rs"]
mod hand;
#[path = "panels/hands.rs"]
mod hands;
#[path = "panels/harness.rs"]
mod harness;
#[path = "panels/inspector.rs"]
mod inspector;
#[path = "panels/legend.rs"]
mod legend;
#[path = "panels/room.rs"]
mod room;
#[path = "panels/ruler.rs"]
mod ruler;
#[path = "panels/selection.rs"]
mod selection;
#[path = "panels/sketch.rs"]
mod sketch;
#[path = "panels/suspects.rs"]
mod suspects;
