package io.headwaiter.local.run;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The parts of a mail that have no parts. */
record MailParts(List<Part> parts) {

    static MailParts of(Part mail) throws MessagingException, IOException {
        var parts = new ArrayList<Part>();
        collect(mail, parts);
        return new MailParts(parts);
    }

    private static void collect(Part part, List<Part> parts) throws MessagingException, IOException {
        if (!part.isMimeType("multipart/*")) {
            parts.add(part);
        } else if (part.getContent() instanceof Multipart several) {
            for (int i = 0; i < several.getCount(); i++) {
                collect(several.getBodyPart(i), parts);
            }
        }
    }

    /** Of the first part of this type, or empty. */
    String text(String type) throws MessagingException, IOException {
        for (Part part : parts) {
            if (part.isMimeType(type)) {
                try (var in = part.getInputStream()) {
                    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
                }
            }
        }
        return "";
    }
}
