package io.headwaiter.local.faults.kinds;

import io.headwaiter.local.faults.cluster.Group;
import java.util.Random;

/** Something that goes wrong on purpose. */
public interface Fault {

    /**
     * Does it, and returns when it is over.
     *
     * @param dice whatever is chosen is chosen by these
     * @throws Group.Away when the broker could not even be asked what is to be broken
     */
    Effect inject(Stage stage, Random dice) throws Group.Away;
}
