"""Documents made to cost whoever reads them time, and candidates who send them without pause."""

import io
import threading
import time
import zipfile


def document(body):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document><w:body>{body}</w:body></w:document>")
    return file.getvalue()


def paragraph(text):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


HOSTILE = [
    document("".join(paragraph(f"and then we went on with the work {n},") for n in range(20_000))),
    document(paragraph("(" * 95_000 + ")" * 95_000)),
    document("<w:tbl><w:tr>" + "<w:tc><w:p><w:r><w:t>nurse</w:t></w:r></w:p></w:tc>" * 60_000 + "</w:tr></w:tbl>"),
]


class Senders:
    """Each sends one hostile document after the other; their plan keeps them all."""

    def __init__(self, people):
        self.people, self.sent, self.isOver = people, 0, threading.Event()
        self.threads = [threading.Thread(target=self.send, args=(person,)) for person in people]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        time.sleep(1)
        return self

    def __exit__(self, *_):
        self.isOver.set()
        for thread in self.threads:
            thread.join()

    def send(self, person):
        number = 0
        while not self.isOver.is_set():
            person.upload("/resumes/upload", HOSTILE[number % len(HOSTILE)], "resume.docx", (201, 400, 429))
            number += 1
            self.sent += 1
