"""A real mail server, Dovecot, on loopback and free ports: letters come in by LMTP and are read by IMAP.
It ends with its test."""

import grp
import os
import pwd
import shutil
import smtplib
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from imapclient import IMAPClient

from tests.mail_server import free_port

USER, PASSWORD = "answers", "blåbær & brus"
DOMAIN = "mail.example.org"

_CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap lmtp
listen = 127.0.0.1
ssl = {ssl}
{certificate}
disable_plaintext_auth = no
mail_location = maildir:{folder}/mail/%n
recipient_delimiter = +
lmtp_save_to_detail_mailbox = no
first_valid_uid = 1
default_internal_user = {internal}
default_login_user = {internal}
default_internal_group = {group}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {folder}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%n allow_all_users=yes
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    port = {lmtp}
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
auth_failure_delay = 0
service stats {{
  chroot =
}}
"""


def is_here() -> bool:
    """Say whether Dovecot can be started."""
    return shutil.which("dovecot", path=f"{os.environ['PATH']}:/usr/sbin") is not None


class DovecotServer:
    """Start, put letters in, look into the mailbox, stop (and start again)."""

    def __init__(self, *, with_tls: bool = False) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="samtale-dovecot-", dir="/tmp"))
        self.folder.chmod(0o755)  # Dovecot's own user has to get in
        self.port, self.tls_port, self._lmtp = free_port(), free_port(), free_port()
        self._process: subprocess.Popen[bytes] | None = None
        is_root = os.geteuid() == 0
        owner = pwd.getpwnam("dovecot") if is_root else pwd.getpwuid(os.geteuid())
        (self.folder / "mail").mkdir()
        if is_root:
            os.chown(self.folder / "mail", owner.pw_uid, owner.pw_gid)
        (self.folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n", encoding="utf-8")
        self._write(owner, is_root=is_root, with_tls=with_tls)

    @property
    def url(self) -> str:
        """Return what INBOX_URL must be to read here."""
        return f"imap://{USER}:bl%C3%A5b%C3%A6r%20%26%20brus@127.0.0.1:{self.port}"

    @property
    def certificate(self) -> Path:
        return self.folder / "certificate.pem"

    def start(self) -> None:
        program = shutil.which("dovecot", path=f"{os.environ['PATH']}:/usr/sbin")
        assert program
        self._process = subprocess.Popen([program, "-F", "-c", str(self.folder / "dovecot.conf")])
        until = time.monotonic() + 30
        for port in (self.port, self._lmtp):
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port), 1).close()
                except OSError:
                    assert self._process.poll() is None, self._log()
                    assert time.monotonic() < until, self._log()
                    time.sleep(0.05)
                else:
                    break

    def stop(self) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait(20)
            self._process = None

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def deliver(self, content: bytes, *, to: str) -> None:
        """Let a letter come in, as the mail server before this one would hand it over."""
        with smtplib.LMTP("127.0.0.1", self._lmtp) as server:
            server.sendmail("someone@elsewhere.example", [to], content)

    def uids(self) -> list[int]:
        """Return what is in the mailbox, as another program sees it."""
        with self._client() as client:
            return client.search("ALL")

    def unread(self) -> list[int]:
        with self._client() as client:
            return client.search("UNSEEN")

    def forget_all(self) -> None:
        """Make the mailbox anew: from now on its letters are counted anew."""
        shutil.rmtree(self.folder / "mail" / USER, ignore_errors=True)

    def _client(self) -> IMAPClient:
        client = IMAPClient("127.0.0.1", port=self.port, ssl=False, timeout=10)
        client.plain_login(USER, PASSWORD)
        client.select_folder("INBOX", readonly=True)
        return client

    def _write(self, owner: pwd.struct_passwd, *, is_root: bool, with_tls: bool) -> None:
        certificate = ""
        if with_tls:
            key = self.folder / "key.pem"
            subprocess.run(
                [
                    *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
                    *("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"),
                    *("-keyout", str(key), "-out", str(self.certificate)),
                ],
                check=True,
                capture_output=True,
            )
            certificate = f"ssl_cert = <{self.certificate}\nssl_key = <{key}"
        values = {
            "folder": self.folder,
            "ssl": "yes" if with_tls else "no",
            "certificate": certificate,
            "internal": "dovenull" if is_root else owner.pw_name,
            "group": "dovecot" if is_root else grp.getgrgid(owner.pw_gid).gr_name,
            "uid": owner.pw_uid,
            "gid": owner.pw_gid,
            "imap": self.port,
            "imaps": self.tls_port if with_tls else 0,
            "lmtp": self._lmtp,
        }
        (self.folder / "dovecot.conf").write_text(_CONFIGURATION.format(**values), encoding="utf-8")

    def _log(self) -> str:
        log = self.folder / "log"
        return log.read_text() if log.exists() else "Dovecot wrote nothing"
