package io.headwaiter.local.services;

/** A JVM to be killed: starts throwaway services, prints their process ids and data directories, and waits. */
final class StartAndWait {

    private StartAndWait() {}

    public static void main(String[] arguments) throws Exception {
        var services = ProcessServices.start();
        System.out.println(services.broker().pid());
        System.out.println(services.database().pid());
        System.out.println(services.broker().log().getParent());
        System.out.println(services.database().log().getParent());
        System.out.flush();
        Thread.sleep(Long.MAX_VALUE);
    }
}
