package io.headwaiter.gateway.webhooks;

import io.headwaiter.gateway.access.Admission;
import io.headwaiter.gateway.deliveries.PublicAddresses;
import io.headwaiter.gateway.directory.Caller;
import io.headwaiter.gateway.directory.Directory;
import io.headwaiter.gateway.input.Breach;
import io.headwaiter.gateway.input.CheckDocument;
import io.headwaiter.gateway.input.CheckDocument.Finding;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Holds what a caller says of an endpoint against the contract's values, and against what the caller reaches. */
@Component
class CheckHook {

    private static final int LONGEST_URL = 2048;

    /** Others are written in percent encoding, and in Punycode. */
    private static final Pattern ASCII = Pattern.compile("[!-~]*");

    private final CheckDocument check;
    private final Directory directory;
    private final PublicAddresses addresses;

    CheckHook(CheckDocument check, Directory directory, PublicAddresses addresses) {
        this.check = check;
        this.directory = directory;
        this.addresses = addresses;
    }

    /**
     * Ends the request with 422 or 404 when there is something wrong.
     *
     * @param before null for a new endpoint; the restaurants that it had already are not for the caller to answer for
     */
    void of(HookDetails after, @Nullable Hook before, Caller caller) {
        List<Finding> findings = new ArrayList<>();
        // What is too long is that, and nothing else.
        if (after.url().length() <= LONGEST_URL
                && (before == null || !after.url().equals(before.url()))) {
            wrongWith(after.url()).ifPresent(breach -> findings.add(new Finding("url", breach)));
        }
        boolean everyBooking = before == null ? HookReach.of(caller).everyBooking() : before.everyBooking();
        if (after.asksForTables() && !everyBooking) {
            findings.add(new Finding("event_types", Breach.EVENT_TYPES_OF_TABLES));
        }
        check.of(findings, after);
        after.restaurants().stream()
                .filter(id -> before == null || !before.restaurants().contains(id))
                .filter(id -> !caller.reaches(id) || directory.plan(id).isEmpty())
                .findFirst()
                .ifPresent(outOfReach -> {
                    throw Admission.restaurantNotFound().asException();
                });
    }

    private Optional<Breach> wrongWith(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException none) {
            return Optional.of(Breach.WEBHOOK_URL_INVALID);
        }
        if (uri.getHost() == null || !ASCII.matcher(url).matches()) {
            return Optional.of(Breach.WEBHOOK_URL_INVALID);
        }
        return addresses.refuses(uri).map(why -> Breach.WEBHOOK_URL_REFUSED);
    }
}
