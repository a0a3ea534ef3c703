/** The brokers, the database, the gateways and the workers, each a process that can be killed, frozen and started again. */
@NullMarked
package io.headwaiter.local.faults.cluster;

import org.jspecify.annotations.NullMarked;
