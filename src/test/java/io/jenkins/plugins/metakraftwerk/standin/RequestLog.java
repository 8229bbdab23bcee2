package io.jenkins.plugins.metakraftwerk.standin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** Requests in the order of their arrival. */
final class RequestLog {

    private final Lock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final List<ReceivedRequest> requests = new ArrayList<>();
    private final Set<Integer> connections = new HashSet<>();

    void add(ReceivedRequest request) {
        lock.lock();
        try {
            requests.add(request);
            connections.add(request.connection());
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    List<ReceivedRequest> all() {
        return matching(request -> true);
    }

    List<ReceivedRequest> matching(Predicate<ReceivedRequest> filter) {
        lock.lock();
        try {
            return requests.stream().filter(filter).toList();
        } finally {
            lock.unlock();
        }
    }

    int connections() {
        lock.lock();
        try {
            return connections.size();
        } finally {
            lock.unlock();
        }
    }

    void clear() {
        lock.lock();
        try {
            requests.clear();
            connections.clear();
        } finally {
            lock.unlock();
        }
    }

    void await(Predicate<ReceivedRequest> filter, int count, Duration limit) {
        long left = limit.toNanos();
        lock.lock();
        try {
            while (requests.stream().filter(filter).count() < count) {
                if (left <= 0) {
                    throw new AssertionError("Waited in vain for " + count + " requests; came: " + requests);
                }
                left = arrived.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for requests", e);
        } finally {
            lock.unlock();
        }
    }
}
