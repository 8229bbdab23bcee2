package io.jenkins.plugins.metakraftwerk.simulation;

import static io.jenkins.plugins.metakraftwerk.simulation.Scheduler.MILLI;
import static io.jenkins.plugins.metakraftwerk.simulation.Scheduler.SECOND;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/** Carries requests to the server and responses back, or loses them. */
final class Network {

    /** Decides on the fault of a request. */
    interface Faults {
        SimFault next(SimRequest request);

        /** Returns true if something on the way holds the request. It continues when the given task is run. */
        default boolean keeps(SimRequest request, Runnable goesOn) {
            return false;
        }
    }

    private final World world;
    private final Scheduler scheduler;
    private final Chance chance;
    private final Gateway gateway;
    private final Faults faults;
    private boolean disturbed;
    private int requests;

    Network(World world, Faults faults) {
        this.world = world;
        this.faults = faults;
        scheduler = world.scheduler;
        chance = world.chance;
        gateway = new Gateway(chance, world.wall);
    }

    /** Returns true if anything has gone wrong. */
    boolean isDisturbed() {
        return disturbed;
    }

    int requests() {
        return requests;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    /** Returns the time between two parts of a response. */
    long pause() {
        return chance.between(0, 3 * MILLI);
    }

    int pieceOf(int rest) {
        return chance.happens(0.3) ? 1 + chance.below(rest) : rest;
    }

    /** Called when the response of the server itself has arrived whole, in time. */
    void answered(SimRequest request, ControllerLife life) {
        request.answeredAt = scheduler.now();
        request.answeredIn = life.number;
        world.witness.answered(request);
    }

    void send(SimExchange<?> exchange) {
        exchange.asked.sentAt = scheduler.now();
        requests++;
        SimFault fault = faults.next(exchange.asked);
        disturbed |= fault != SimFault.NONE;
        world.trace.line(() -> "-> " + exchange.asked + (fault == SimFault.NONE ? "" : "  " + fault));
        world.witness.sent(exchange.asked, fault);
        long there = way();
        switch (fault) {
            case NOT_CONNECTED -> notConnected(exchange);
            case LOST_BEFORE -> scheduler.after(there, exchange.life(), () -> exchange.fail(broken()));
            case SILENT_BEFORE -> {}
            case LATE -> scheduler.after(
                    chance.between(5 * SECOND, 240 * SECOND), null, () -> arrive(exchange, fault, true));
            default -> {
                if (!faults.keeps(exchange.asked, () -> arrive(exchange, fault, true))) {
                    scheduler.after(there, null, () -> arrive(exchange, fault, false));
                }
            }
        }
        moment(exchange.asked);
    }

    private void moment(SimRequest request) {
        if (request.isDeployment()) {
            world.havoc.change();
        } else {
            world.havoc.moment();
        }
    }

    private long way() {
        return chance.happens(0.1) ? chance.between(50 * MILLI, 2 * SECOND) : chance.between(MILLI, 50 * MILLI);
    }

    private void notConnected(SimExchange<?> exchange) {
        ConnectException unknown = new ConnectException();
        unknown.initCause(new UnresolvedAddressException());
        switch (chance.below(3)) {
            case 0 -> neverSent(exchange, way(), new ConnectException("Connection refused"));
            case 1 -> neverSent(exchange, way(), unknown);
            default -> neverSent(exchange, 10 * SECOND, new HttpConnectTimeoutException("HTTP connect timed out"));
        }
    }

    /**
     * Fails an exchange whose request was never sent. The client knows then that nothing was done, as after a refusal.
     */
    private void neverSent(SimExchange<?> exchange, long after, IOException failure) {
        scheduler.after(after, exchange.life(), () -> {
            exchange.asked.refused = true;
            exchange.fail(failure);
        });
    }

    private void fail(SimExchange<?> exchange, long after, IOException failure) {
        scheduler.after(after, exchange.life(), () -> exchange.fail(failure));
    }

    private IOException broken() {
        return switch (chance.below(3)) {
            case 0 -> new EOFException("EOF reached while reading");
            case 1 -> new SSLException("Connection reset");
            default -> new IOException("Connection reset");
        };
    }

    /** @param passedOn true if something on the way has it, whatever happens to the client */
    private void arrive(SimExchange<?> exchange, SimFault fault, boolean passedOn) {
        SimRequest request = exchange.asked;
        if (!exchange.isOpen() && !passedOn && chance.happens(0.5)) {
            world.trace.line(() -> "   never arrived: " + request);
            return;
        }
        SimReply done = null;
        if (fault.works) {
            SimServer server = world.server(request.host);
            done = server.handle(request);
            if (fault == SimFault.COPIED) {
                done = server.handle(request);
            }
        }
        answer(exchange, fault, done);
        moment(request);
    }

    private void answer(SimExchange<?> exchange, SimFault fault, SimReply done) {
        switch (fault) {
            case LOST_AFTER -> fail(exchange, way(), broken());
            case SILENT_AFTER -> {}
            case SLOW -> back(exchange, chance.between(SECOND, 90 * SECOND), done, done, -1, null);
            case CUT -> back(exchange, way(), done, done, chance.below(done.body().length), broken());
            case SHORT -> back(exchange, way(), done, done, chance.below(done.body().length), null);
            default -> back(exchange, way(), done, instead(exchange.asked, fault, done), -1, null);
        }
    }

    private SimReply instead(SimRequest request, SimFault fault, SimReply done) {
        return switch (fault) {
            case GATEWAY_BEFORE, GATEWAY_AFTER -> gateway.gaveUp();
            case UNAVAILABLE, UNAVAILABLE_AFTER -> gateway.unavailable();
            case BUSY, BUSY_AFTER -> gateway.busy();
            case UNAUTHORIZED, UNAUTHORIZED_AFTER -> gateway.unauthorized();
            case DENIED, DENIED_AFTER -> gateway.denied();
            case GARBAGE -> gateway.garbage(request);
            case PORTAL -> gateway.portal();
            case MADE_UP -> world.server(request.host).madeUp(request);
            case FOREIGN -> world.server(request.host).foreign(request);
            default -> done;
        };
    }

    private void back(SimExchange<?> exchange, long after, SimReply own, SimReply reply, int cut, IOException breaks) {
        scheduler.after(after, exchange.life(), () -> {
            if (exchange.isOpen()) {
                world.trace.line(() -> "<- " + reply + (cut < 0 ? "" : " cut at " + cut) + " for " + exchange.asked);
                world.witness.answering(exchange.asked, reply);
                exchange.deliver(reply, reply == own, cut, breaks);
                moment(exchange.asked);
            }
        });
    }
}
