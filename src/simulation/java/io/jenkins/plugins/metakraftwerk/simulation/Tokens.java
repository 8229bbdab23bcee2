package io.jenkins.plugins.metakraftwerk.simulation;

/** Tokens that a server accepts: those of its present period. Somebody may begin another one. */
final class Tokens {

    private int period;
    private int logIns;

    /** Makes all tokens so far expire. */
    void expire() {
        period++;
    }

    /** Returns the token that a person would store now. */
    String ready() {
        return "ready." + period;
    }

    String logIn() {
        logIns++;
        return "login-" + logIns + "." + period;
    }

    boolean accept(String header) {
        return header.startsWith("Bearer ") && header.endsWith("." + period);
    }
}
