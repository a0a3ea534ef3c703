package io.headwaiter.local.run;

import java.util.Optional;

/** Sees the end of the process that started this one, even by kill -9: this one then belongs to another. */
final class StopWithParent {

    private StopWithParent() {}

    static void watch(Runnable stop) {
        Optional<Long> parent = parent();
        Thread.ofPlatform().daemon().name("parent").start(() -> {
            while (parent().equals(parent)) {
                Pause.briefly();
            }
            stop.run();
        });
    }

    private static Optional<Long> parent() {
        return ProcessHandle.current().parent().map(ProcessHandle::pid);
    }
}
