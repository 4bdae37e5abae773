//! Mounts the page; nothing else.

fn main() {
    yew::Renderer::<tcp_state_lab::ui::App>::new().render();
}
