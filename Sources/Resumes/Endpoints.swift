package import Kernel

extension Resumes {
    package var operations: [APIOperation] {
        // The candidate's own area has the same resumes under a second address.
        ["/resumes", "/candidates/me/resumes"].flatMap { path in
            [
                APIOperation(.get, path, "My resumes", access: .candidate, limit: .resumePlatform, perform: list),
                APIOperation(
                    .post,
                    path == "/resumes" ? "/resumes/upload" : path,
                    "Upload a resume as PDF, DOCX or DOC; it is read in the background",
                    access: .candidate,
                    failures: [.resumeLimit, .notADocument, .documentTooLarge],
                    status: 201,
                    limit: .applying,
                    retry: .claimedFirst,
                    perform: upload
                ),
            ]
        } + [
            APIOperation(
                .get,
                "/candidates/me/resumes/{id}",
                "One of my resumes with what was read from it",
                access: .candidate,
                failures: [.resumeNotFound],
                limit: .resumePlatform,
                perform: showMine
            )
        ] + readings.openToKeys(reading: .readApplications)
    }

    /// Also for whoever may view an application that came with the resume.
    private var readings: [APIOperation] {
        [
            APIOperation(
                .get,
                "/resumes/{id}",
                "One resume with what was read from it: one's own, or one that an application came with",
                access: .reader,
                failures: [.resumeNotFound],
                limit: .resumeReading,
                perform: show
            ),
            APIOperation(
                .get,
                "/resumes/{id}/file",
                "The original file: of one's own resume, or of one that an application came with",
                access: .reader,
                failures: [.resumeNotFound],
                limit: .resumeReading,
                perform: file
            ),
        ]
    }
}
