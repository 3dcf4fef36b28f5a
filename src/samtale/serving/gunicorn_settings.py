"""How gunicorn runs here. It reads this module's names as its settings."""

import gc
import os
import threading
from typing import Any

from django.urls import get_resolver
from gunicorn.glogging import Logger

from samtale.serving.parent import end_with_parent

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
wsgi_app = "samtale.wsgi:application"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
# The code is loaded once, before the fork, so that the workers share its memory.
preload_app = True
timeout = 60
graceful_timeout = 10
# Beats are files; on a disk under load a write can stall long enough to look like a hang.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
control_socket_disable = True
loglevel = "warning"


class ProductLog(Logger):
    """Leaves the writing to the product's own handler, which masks the keys that addresses hold."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            log.handlers.clear()
            log.propagate = True


logger_class = ProductLog


def on_starting(server: Any) -> None:
    """Load every page before the fork, so that the workers share them and a broken one is seen now.

    What is loaded stays for good, so it is kept out of Python's search for garbage. To go through all of it
    cost whoever came after a large page a tenth of a second, and wrote to the memory that the workers share.

    End the web server when the supervisor was killed without a chance to end it.
    """
    if not get_resolver().url_patterns:
        raise RuntimeError("there are no pages")
    gc.collect()
    gc.freeze()
    threading.Thread(target=end_with_parent, daemon=True).start()
