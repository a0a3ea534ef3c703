package io.headwaiter.local.faults;

import io.headwaiter.local.faults.kinds.Effect;
import io.headwaiter.local.faults.kinds.Kind;
import java.util.List;

/** A fault that was, and what came of it. */
record Happened(Kind kind, Effect effect) {

    /** What should have held and did not, in words. */
    List<String> broken() {
        return effect.broken().stream()
                .map(what -> kind.words() + " (" + effect.what() + "): " + what)
                .toList();
    }
}
