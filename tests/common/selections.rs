//! What the programs of a display hand one another: the clipboard, files dragged onto a window, the wish to close it.

use super::patience::Patience;
use super::xvfb::{DEADLINE, Xvfb};
use std::time::Duration;
use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ClientMessageEvent, ConnectionExt as _, CreateWindowAux, EventMask, PropMode,
    SELECTION_NOTIFY_EVENT, SelectionNotifyEvent, Window, WindowClass,
};
use x11rb::wrapper::ConnectionExt as _;

/// The version of the drag-and-drop protocol that is spoken here.
const XDND_VERSION: u32 = 5;

/// Files held over a window, not dropped yet.
pub struct Drag<'a> {
    screen: &'a Xvfb,
    source: Window,
    target: Window,
}

impl Xvfb {
    /// The text on the clipboard.
    pub fn clipboard(&self) -> String {
        String::from_utf8(self.clipboard_as("UTF8_STRING")).unwrap()
    }

    /// What is on the clipboard, in a form: `image/png`.
    pub fn clipboard_as(&self, form: &str) -> Vec<u8> {
        let [clipboard, form, place] = ["CLIPBOARD", form, "INKFIELD_TEST"].map(|name| self.atom(name));
        let window = self.unseen_window();
        self.x.convert_selection(window, clipboard, form, place, x11rb::CURRENT_TIME).unwrap().check().unwrap();
        let answer = self.wait_for("the clipboard", |event| match event {
            Event::SelectionNotify(answer) => Some(answer),
            _ => None,
        });
        assert_ne!(answer.property, x11rb::NONE, "nobody has that on the clipboard");
        self.x.get_property(true, window, place, AtomEnum::ANY, 0, 1 << 20).unwrap().reply().unwrap().value
    }

    /// Waits until somebody has put something on the clipboard.
    pub fn wait_for_clipboard(&self) {
        let (clipboard, mut patience) = (self.atom("CLIPBOARD"), Patience::default());
        while self.x.get_selection_owner(clipboard).unwrap().reply().unwrap().owner == x11rb::NONE {
            assert!(patience.spent() < DEADLINE, "nothing was put on the clipboard");
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Drags files, as URIs with a line end each, over a position of a window, which must take them.
    pub fn drag(&self, target: Window, uris: &str, [x, y]: [u32; 2]) -> Drag<'_> {
        let [selection, list, copy] = ["XdndSelection", "text/uri-list", "XdndActionCopy"].map(|name| self.atom(name));
        let source = self.unseen_window();
        self.x.set_selection_owner(source, selection, x11rb::CURRENT_TIME).unwrap().check().unwrap();
        self.tell(target, "XdndEnter", [source, XDND_VERSION << 24, list, 0, 0]);
        self.tell(target, "XdndPosition", [source, 0, x << 16 | y, x11rb::CURRENT_TIME, copy]);
        let asked = self.wait_for("the question for the files", |event| match event {
            Event::SelectionRequest(asked) => Some(asked),
            _ => None,
        });
        assert_eq!((asked.selection, asked.target), (selection, list));
        let bytes = uris.as_bytes();
        self.x.change_property8(PropMode::REPLACE, asked.requestor, asked.property, list, bytes).unwrap();
        let answer = SelectionNotifyEvent {
            response_type: SELECTION_NOTIFY_EVENT,
            sequence: 0,
            time: asked.time,
            requestor: asked.requestor,
            selection,
            target: list,
            property: asked.property,
        };
        self.x.send_event(false, asked.requestor, EventMask::NO_EVENT, answer).unwrap().check().unwrap();
        let status = self.wait_for_message("XdndStatus");
        assert_eq!(status[1] & 1, 1, "the window takes no files");
        Drag { screen: self, source, target }
    }

    /// Asks a window to close, as the × of a window manager does.
    pub fn close(&self, window: Window) {
        let delete = self.atom("WM_DELETE_WINDOW");
        self.tell(window, "WM_PROTOCOLS", [delete, x11rb::CURRENT_TIME, 0, 0, 0]);
    }

    fn atom(&self, name: &str) -> Atom {
        self.x.intern_atom(false, name.as_bytes()).unwrap().reply().unwrap().atom
    }

    /// A window that others can answer to.
    fn unseen_window(&self) -> Window {
        let window = self.x.generate_id().unwrap();
        let (class, options) = (WindowClass::INPUT_ONLY, CreateWindowAux::new());
        self.x.create_window(0, window, self.root, 0, 0, 1, 1, 0, class, 0, &options).unwrap().check().unwrap();
        window
    }

    fn tell(&self, window: Window, kind: &str, data: [u32; 5]) {
        let message = ClientMessageEvent::new(32, window, self.atom(kind), data);
        self.x.send_event(false, window, EventMask::NO_EVENT, message).unwrap().check().unwrap();
    }

    fn wait_for_message(&self, kind: &str) -> [u32; 5] {
        let wanted = self.atom(kind);
        self.wait_for(kind, |event| match event {
            Event::ClientMessage(message) if message.type_ == wanted => Some(message.data.as_data32()),
            _ => None,
        })
    }

    /// Waits for an event sent to a window of the test's own; others are passed over.
    fn wait_for<T>(&self, what: &str, wanted: impl Fn(Event) -> Option<T>) -> T {
        let mut patience = Patience::default();
        while patience.spent() < DEADLINE {
            match self.x.poll_for_event().unwrap() {
                Some(event) => {
                    if let Some(found) = wanted(event) {
                        return found;
                    }
                }
                None => std::thread::sleep(Duration::from_millis(2)),
            }
        }
        panic!("{what} did not come within {DEADLINE:?}");
    }
}

impl Drag<'_> {
    /// Lets the files go; the window must say that it has taken them.
    pub fn drop_here(self) {
        self.screen.tell(self.target, "XdndDrop", [self.source, 0, x11rb::CURRENT_TIME, 0, 0]);
        let finished = self.screen.wait_for_message("XdndFinished");
        assert_eq!(finished[1] & 1, 1, "the window took no files");
    }
}
