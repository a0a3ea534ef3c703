package io.headwaiter.local.run;

import io.headwaiter.local.services.FreePort;
import java.util.TreeMap;

/** Sees to it, before anything starts, that every port is free. */
final class FreePorts {

    private FreePorts() {}

    static void require(Settings settings) {
        new TreeMap<>(settings.ports()).forEach((property, port) -> {
            if (!FreePort.isFree(port)) {
                throw new CannotStart(
                        "Port " + port + " is taken by another program. Stop that program, or choose another"
                                + " port: ./mvnw -Prun -D" + property + "=" + (port + 1000));
            }
        });
    }
}
