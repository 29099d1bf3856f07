// Reads a mail that a stranger sent, RFC 5322 on standard input, and prints as JSON what the server may need of it: `ReadMail` in
// Sources/InboundMail. Always behind the fence.
//
// It takes the first plain text, the delivery failures that a report names (RFC 3464), and the answers to invitations (RFC 5546). A message
// inside the message is not looked into. Ends with 1 for what can't be read.

#include <gmime/gmime.h>
#include <jansson.h>
#include <libical/ical.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

enum { BROKEN = 1, CHUNK = 1 << 16, MOST_ENTRIES = 20, LONGEST_TEXT = 20000, LONGEST_WORD = 1000 };

struct reading {
    json_t *text, *failures, *replies;
};

/// Valid UTF-8 of at most so many bytes, or null.
static json_t *words(const char *text, size_t longest) {
    if (text == NULL) return json_null();
    size_t length = strlen(text);
    char *valid = g_utf8_make_valid(text, (gssize)(length < longest ? length : longest));
    json_t *string = json_string(valid);
    g_free(valid);
    return string == NULL ? json_null() : string;
}

static GByteArray *all_input(void) {
    static guchar chunk[CHUNK];
    GByteArray *input = g_byte_array_new();
    ssize_t count;
    while ((count = read(STDIN_FILENO, chunk, sizeof chunk)) > 0) g_byte_array_append(input, chunk, (guint)count);
    if (count < 0) _exit(BROKEN);
    return input;
}

/// The address behind a typed one: `rfc822; ada@example.com`.
static const char *behind_type(const char *value) {
    const char *semicolon = strchr(value, ';');
    if (semicolon == NULL) return value;
    semicolon++;
    while (*semicolon == ' ') semicolon++;
    return semicolon;
}

/// One group of fields, the lines already unfolded. The group about the whole message names no recipient.
static void read_group(char **lines, size_t count, json_t *failures) {
    const char *recipient = NULL, *original = NULL, *action = NULL, *status = NULL, *diagnostic = NULL;
    for (size_t index = 0; index < count; index++) {
        char *colon = strchr(lines[index], ':');
        if (colon == NULL) continue;
        *colon = 0;
        char *name = g_strstrip(lines[index]), *value = g_strstrip(colon + 1);
        if (g_ascii_strcasecmp(name, "Final-Recipient") == 0) recipient = behind_type(value);
        else if (g_ascii_strcasecmp(name, "Original-Recipient") == 0) original = behind_type(value);
        else if (g_ascii_strcasecmp(name, "Action") == 0) action = value;
        else if (g_ascii_strcasecmp(name, "Status") == 0) status = value;
        else if (g_ascii_strcasecmp(name, "Diagnostic-Code") == 0) diagnostic = behind_type(value);
    }
    if (recipient == NULL || action == NULL || status == NULL || json_array_size(failures) >= MOST_ENTRIES) return;
    json_array_append_new(failures, json_pack("{s:o, s:o, s:o, s:o}",
                                              "recipient", words(original != NULL ? original : recipient, LONGEST_WORD),
                                              "action", words(action, LONGEST_WORD), "status", words(status, LONGEST_WORD),
                                              "diagnostic", words(diagnostic, LONGEST_WORD)));
}

static void read_report(const char *text, json_t *failures) {
    char **lines = g_strsplit(text, "\n", 10000);
    GPtrArray *group = g_ptr_array_new_with_free_func(g_free);
    for (size_t index = 0;; index++) {
        char *line = lines[index];
        if (line != NULL) g_strchomp(line);
        if (line == NULL || *line == 0) {
            read_group((char **)group->pdata, group->len, failures);
            g_ptr_array_set_size(group, 0);
            if (line == NULL) break;
        } else if ((*line == ' ' || *line == '\t') && group->len > 0) {
            char **last = (char **)&group->pdata[group->len - 1];
            char *longer = g_strconcat(*last, line, NULL);
            g_free(*last);
            *last = longer;
        } else {
            g_ptr_array_add(group, g_strdup(line));
        }
    }
    g_ptr_array_free(group, TRUE);
    g_strfreev(lines);
}

static json_t *moment(icaltimetype time) {
    // A time in a zone that the entry doesn't describe could be any.
    if (icaltime_is_null_time(time) || time.is_date || (time.zone == NULL && !icaltime_is_utc(time))) return json_null();
    return json_integer((json_int_t)icaltime_as_timet_with_zone(time, time.zone));
}

static const char *participation(icalproperty *attendee) {
    icalparameter *status = icalproperty_get_first_parameter(attendee, ICAL_PARTSTAT_PARAMETER);
    if (status == NULL) return "NEEDS-ACTION";
    switch (icalparameter_get_partstat(status)) {
    case ICAL_PARTSTAT_ACCEPTED: return "ACCEPTED";
    case ICAL_PARTSTAT_DECLINED: return "DECLINED";
    case ICAL_PARTSTAT_TENTATIVE: return "TENTATIVE";
    default: return "OTHER";
    }
}

/// What they say beside their answer: in a property, or where Google and Apple put it.
static const char *comment(icalcomponent *event, icalproperty *attendee) {
    icalproperty *property = icalcomponent_get_first_property(event, ICAL_COMMENT_PROPERTY);
    if (property != NULL) return icalproperty_get_comment(property);
    icalparameter *parameter = icalproperty_get_first_parameter(attendee, ICAL_X_PARAMETER);
    for (; parameter != NULL; parameter = icalproperty_get_next_parameter(attendee, ICAL_X_PARAMETER)) {
        const char *name = icalparameter_get_xname(parameter);
        if (name != NULL && g_ascii_strcasecmp(name, "X-RESPONSE-COMMENT") == 0) return icalparameter_get_xvalue(parameter);
    }
    return NULL;
}

static json_t *reply(const char *method, icalcomponent *event, icalproperty *attendee) {
    return json_pack("{s:o, s:o, s:i, s:o, s:s, s:o, s:o, s:o}", "method", words(method, LONGEST_WORD), "uid",
                     words(icalcomponent_get_uid(event), LONGEST_WORD), "sequence", icalcomponent_get_sequence(event), "attendee",
                     words(icalproperty_get_attendee(attendee), LONGEST_WORD), "status", participation(attendee), "comment",
                     words(comment(event, attendee), 4 * LONGEST_WORD), "stamp", moment(icalcomponent_get_dtstamp(event)), "start",
                     moment(icalcomponent_get_dtstart(event)));
}

static void read_calendar(const char *text, json_t *replies) {
    icalcomponent *calendar = icalparser_parse_string(text);
    if (calendar == NULL) return;
    const char *method = icalproperty_method_to_string(icalcomponent_get_method(calendar));
    icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
    // An answer is one person's (RFC 5546, 3.2.3). Reading an event's properties moves its cursor: there is no loop over attendees here.
    icalproperty *attendee = event == NULL ? NULL : icalcomponent_get_first_property(event, ICAL_ATTENDEE_PROPERTY);
    if (attendee != NULL && json_array_size(replies) < MOST_ENTRIES) json_array_append_new(replies, reply(method, event, attendee));
    icalcomponent_free(calendar);
}

static char *content(GMimePart *part) {
    GMimeDataWrapper *wrapper = g_mime_part_get_content(part);
    if (wrapper == NULL) return NULL;
    GMimeStream *stream = g_mime_stream_mem_new();
    g_mime_data_wrapper_write_to_stream(wrapper, stream);
    g_mime_stream_write(stream, "", 1);
    return (char *)g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream))->data;
}

static void read_part(GMimeObject *parent, GMimeObject *object, gpointer data) {
    (void)parent;
    struct reading *reading = data;
    if (!GMIME_IS_PART(object)) return;
    GMimeContentType *type = g_mime_object_get_content_type(object);
    if (g_mime_content_type_is_type(type, "message", "delivery-status") ||
        g_mime_content_type_is_type(type, "message", "global-delivery-status")) {
        char *text = content(GMIME_PART(object));
        if (text != NULL) read_report(text, reading->failures);
    } else if (g_mime_content_type_is_type(type, "text", "calendar")) {
        char *text = g_mime_text_part_get_text(GMIME_TEXT_PART(object));
        if (text != NULL) read_calendar(text, reading->replies);
    } else if (g_mime_content_type_is_type(type, "application", "ics")) {
        char *text = content(GMIME_PART(object));
        if (text != NULL) read_calendar(text, reading->replies);
    } else if (g_mime_content_type_is_type(type, "text", "plain") && json_is_null(reading->text) &&
               !g_mime_part_is_attachment(GMIME_PART(object))) {
        char *text = g_mime_text_part_get_text(GMIME_TEXT_PART(object));
        if (text != NULL) reading->text = words(text, LONGEST_TEXT);
    }
}

int main(void) {
    GByteArray *input = all_input();
    g_mime_init();
    icalerror_set_errors_are_fatal(false);
    GMimeStream *stream = g_mime_stream_mem_new_with_byte_array(input);
    GMimeMessage *message = g_mime_parser_construct_message(g_mime_parser_new_with_stream(stream), NULL);
    if (message == NULL) return BROKEN;
    struct reading reading = {json_null(), json_array(), json_array()};
    g_mime_message_foreach(message, read_part, &reading);
    json_t *mail = json_pack("{s:o, s:o, s:o, s:o, s:o}", "messageId", words(g_mime_message_get_message_id(message), LONGEST_WORD),
                             "subject", words(g_mime_message_get_subject(message), LONGEST_WORD), "text", reading.text,
                             "failures", reading.failures, "replies", reading.replies);
    char *printed = mail == NULL ? NULL : json_dumps(mail, JSON_COMPACT);
    if (printed == NULL) return BROKEN;
    for (size_t rest = strlen(printed); rest > 0;) {
        ssize_t written = write(STDOUT_FILENO, printed, rest);
        if (written <= 0) return BROKEN;
        printed += written;
        rest -= (size_t)written;
    }
    return 0;
}
