package io.headwaiter.gateway.partners;

import io.headwaiter.gateway.input.Members;
import jakarta.validation.constraints.Pattern;
import java.util.Set;

/** All that a caller says of a partner. */
record PartnerName(@Pattern(regexp = "^[^\\p{Cc}\\p{Cs}]{1,100}$", message = "partner_name_length") String name) {

    /** A name is needed, and without one it is one that nobody can have. */
    static PartnerName from(Members body) {
        body.allowing(Set.of("name"));
        return new PartnerName(body.has("name") ? body.requiredText("name") : "");
    }
}
