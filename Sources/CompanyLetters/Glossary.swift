package import Kernel

extension CompanyLetters {
    package static let glossary = Glossary(
        """
        ChangeCompanyLetter.delayMinutes | How many minutes it waits, so that what led to it can be taken back. 0 at first.
        ChangeCompanyLetter.isSent | Whether candidates get it. True at first.
        CompanyLetterView.body | The text. An empty line begins a paragraph, and names in double braces are filled in.
        CompanyLetterView.delayMinutes | How many minutes it waits, so that what led to it can be taken back.
        CompanyLetterView.isOwn | Whether the company wrote it; otherwise it is the standard text.
        CompanyLetterView.isSent | Whether candidates get it.
        CompanyLetterView.placeholders | What the text may name in double braces.
        CompanyLetterView.subject | The mail's subject; names in double braces are filled in.
        CompanyLetterChanged.kind | The occasion on which candidates get it.
        LetterKind.applied | The application came in.
        LetterKind.hired | The candidate was hired.
        LetterKind.invited | The candidate is invited to an interview.
        LetterKind.moved | The application reached a stage that candidates are told of.
        LetterKind.offered | The candidate was made an offer.
        LetterKind.rejected | The application was rejected.
        LetterPlaceholder.candidate | The candidate's name.
        LetterPlaceholder.company | The company's name.
        LetterPlaceholder.expires | When the offer ends, in the reader's time.
        LetterPlaceholder.job | The job's title.
        LetterPlaceholder.stage | The stage in the words that candidates see.
        LetterPlaceholder.time | When the interview begins, in the reader's time.
        LetterPreview.html | The mail as HTML.
        LetterPreview.subject | The mail's subject.
        LetterPreview.text | The mail as plain text.
        PreviewCompanyLetter.body | A draft of the text; what is written now if it is left out.
        PreviewCompanyLetter.subject | A draft of the subject; what is written now if it is left out.
        WriteCompanyLetter.body | The text. An empty line begins a paragraph, and names in double braces are filled in.
        WriteCompanyLetter.subject | The mail's subject; names in double braces are filled in.
        """
    )
}
