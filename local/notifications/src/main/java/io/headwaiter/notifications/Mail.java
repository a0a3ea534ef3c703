package io.headwaiter.notifications;

import org.jspecify.annotations.Nullable;

/**
 * A mail as it goes out.
 *
 * @param id its Message-ID, the same for every copy
 * @param sender the name to show with the address that mails come from
 * @param replyTo where answers go, when not to that address
 * @param calendar an iCalendar object
 * @param method the calendar's iTIP method, which mail programs look for outside of it, too
 */
record Mail(
        Recipient recipient,
        String id,
        String sender,
        String to,
        @Nullable String replyTo,
        String subject,
        String text,
        String html,
        byte[] calendar,
        String method) {

    enum Recipient {
        GUEST,
        HOUSE
    }
}
