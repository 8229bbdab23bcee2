package io.jenkins.plugins.metakraftwerk.simulation;

/** Number that a schedule is drawn from. It names the version of the world, since another version draws differently. */
record Seed(long number) {

    private static final String OF = ":";

    /**
     * Parses a text of {@link #typed}, or the number alone.
     *
     * @throws IllegalArgumentException if the seed is of another version of the world
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

    /** Returns the text for the command line. */
    String typed() {
        return World.VERSION + OF + number;
    }

    @Override
    public String toString() {
        return "world " + World.VERSION + ", seed " + number;
    }
}
