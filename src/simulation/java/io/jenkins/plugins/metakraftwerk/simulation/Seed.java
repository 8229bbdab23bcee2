package io.jenkins.plugins.metakraftwerk.simulation;

/** The number that a schedule is drawn from. It says which world it belongs to, since another world draws otherwise. */
record Seed(long number) {

    private static final String OF = ":";

    /**
     * Reads what {@link #typed} has written, or the number alone.
     *
     * @throws IllegalArgumentException for a seed of another world
     */
    static long parse(String typed) {
        int end = typed.indexOf(OF);
        String world = typed.substring(0, Math.max(0, end));
        if (!world.isEmpty() && Integer.parseInt(world) != World.VERSION) {
            throw new IllegalArgumentException("This is world " + World.VERSION + ", in which a seed of world " + world
                    + " means another schedule. Take the state of the project in which it was printed.");
        }
        return Long.parseLong(typed.substring(end + 1));
    }

    /** As the command line takes it. */
    String typed() {
        return World.VERSION + OF + number;
    }

    @Override
    public String toString() {
        return "world " + World.VERSION + ", seed " + number;
    }
}
