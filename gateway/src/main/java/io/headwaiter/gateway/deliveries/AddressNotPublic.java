package io.headwaiter.gateway.deliveries;

import java.io.IOException;

/** What was to be connected to is inside. */
final class AddressNotPublic extends IOException {

    private static final long serialVersionUID = 1L;

    AddressNotPublic() {
        super("the address is not public");
    }
}
