#!/usr/bin/python3
"""A window of WebKitGTK as wide as a phone, which no browser's own window is: WIDTH by HEIGHT, driven by WebKitWebDriver."""
import os

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2  # noqa: E402

manager = WebKit2.WebsiteDataManager(
    base_data_directory=os.environ["HOME"], base_cache_directory=os.environ["HOME"]
)
context = WebKit2.WebContext(website_data_manager=manager)
context.set_automation_allowed(True)
context.set_preferred_languages(["zh-CN"])


def begin(_context, session):
    info = WebKit2.ApplicationInfo()
    info.set_name("window")
    session.set_application_info(info)
    session.connect("create-web-view", lambda _session: view)


settings = WebKit2.Settings(enable_write_console_messages_to_stdout=True)
view = WebKit2.WebView(web_context=context, is_controlled_by_automation=True, settings=settings)
context.connect("automation-started", begin)
window = Gtk.Window()
window.set_default_size(int(os.environ["WIDTH"]), int(os.environ["HEIGHT"]))
window.add(view)
window.connect("destroy", Gtk.main_quit)
window.show_all()
# Without a window manager nobody else gives it the focus, and :focus-visible matches nothing.
window.get_window().focus(0)
view.grab_focus()
Gtk.main()
