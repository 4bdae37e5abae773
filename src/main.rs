//! Mounts the page; nothing else.

fn main() {
    // Elsewhere than in the page (in Node, say) the module only offers its exports, so there is nothing to mount on.
    let Some(root) = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("app"))
    else {
        return;
    };
    yew::set_custom_panic_hook(Box::new(tcp_state_lab::embed::panic::tell));
    yew::Renderer::<tcp_state_lab::ui::App>::with_root(root).render();
}
