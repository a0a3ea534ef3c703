package io.headwaiter.gateway.clients;

import io.headwaiter.gateway.input.Query;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which clients are looked for: those of whom all that is given is true. Texts are parts of what is stored, in any case.
 *
 * @param any part of the name or of the e-mail, or else {@code anyDigits} are in the phone number
 * @param anyDigits of {@code any} when it is written like a phone number
 * @param digits that stand together in the phone number, whatever separates them
 */
record ClientSearch(
        @Nullable String any,
        @Nullable String anyDigits,
        @Nullable String name,
        @Nullable String email,
        @Nullable String digits) {

    static final Set<String> PARAMETERS = Set.of("search", "name", "email", "phone");

    /** No stored text is longer, and none holds a control character. */
    private static final Pattern PART = Pattern.compile("[^\\p{Cc}\\p{Cs}]{1,254}");

    private static final Pattern LIKE_A_PHONE = Pattern.compile("[0-9 +().-]*");
    private static final Pattern NO_DIGITS = Pattern.compile("[^0-9]+");

    static ClientSearch of(Query query) {
        Optional<String> any = part(query, "search");
        Optional<String> phone = part(query, "phone").map(ClientSearch::digits);
        if (phone.isPresent() && phone.get().isEmpty()) {
            throw Query.invalid("phone", "The parameter phone must have a digit.");
        }
        return new ClientSearch(
                any.orElse(null),
                // Otherwise "table 4" would find whoever has a 4 in the phone number.
                any.filter(text -> LIKE_A_PHONE.matcher(text).matches())
                        .map(ClientSearch::digits)
                        .filter(digits -> !digits.isEmpty())
                        .orElse(null),
                part(query, "name").orElse(null),
                part(query, "email").orElse(null),
                phone.orElse(null));
    }

    private static String digits(String text) {
        return NO_DIGITS.matcher(text).replaceAll("");
    }

    private static Optional<String> part(Query query, String name) {
        Optional<String> part = query.text(name);
        if (part.isPresent() && !PART.matcher(part.get()).matches()) {
            throw Query.invalid(
                    name,
                    "The parameter " + name + " must have 1 to 254 characters, none of them a control character.");
        }
        return part;
    }
}
