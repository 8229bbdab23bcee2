package io.jenkins.plugins.metakraftwerk.simulation;

/** Which tokens a server accepts: those of its present period; somebody may begin another. */
final class Tokens {

    private int period;
    private int logIns;

    /** What was a token until now is none any more. */
    void expire() {
        period++;
    }

    /** What a person would store now. */
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
