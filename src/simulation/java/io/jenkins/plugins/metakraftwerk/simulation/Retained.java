package io.jenkins.plugins.metakraftwerk.simulation;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Counts what an object holds: objects of the plugin behind it, entries of collections, and dependents of futures. */
final class Retained {

    private static final String OURS = "io.jenkins.plugins.metakraftwerk.";
    private static final String SIMULATION = OURS + "simulation.";
    private static final ClassValue<Field[]> FIELDS = new ClassValue<>() {
        @Override
        protected Field[] computeValue(Class<?> type) {
            Deque<Field> fields = new ArrayDeque<>();
            for (Class<?> c = type; c != null && c.getName().startsWith(OURS); c = c.getSuperclass()) {
                for (Field field : c.getDeclaredFields()) {
                    if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                        field.setAccessible(true);
                        fields.add(field);
                    }
                }
            }
            return fields.toArray(new Field[0]);
        }
    };

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> open = new ArrayDeque<>();
    private int count;

    private Retained() {}

    static int by(Object root) {
        Retained retained = new Retained();
        retained.add(root);
        while (!retained.open.isEmpty()) {
            retained.look(retained.open.poll());
        }
        return retained.count;
    }

    private void add(Object object) {
        if (object != null && !(object instanceof Enum) && !(object instanceof String) && seen.add(object)) {
            open.add(object);
        }
    }

    private void look(Object object) {
        if (object instanceof CompletableFuture<?> future) {
            count += future.getNumberOfDependents();
        }
        if (object instanceof Collection<?> collection) {
            count += collection.size();
            collection.forEach(this::add);
        } else if (object instanceof Map<?, ?> map) {
            count += map.size();
            map.values().forEach(this::add);
        } else if (object instanceof Optional<?> optional) {
            optional.ifPresent(this::add);
        } else if (object instanceof Object[] array) {
            for (int i = 0; i < Array.getLength(array); i++) {
                add(array[i]);
            }
        } else if (isOurs(object)) {
            count++;
            for (Field field : FIELDS.get(object.getClass())) {
                try {
                    add(field.get(object));
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private static boolean isOurs(Object object) {
        String name = object.getClass().getName();
        return name.startsWith(OURS) && !name.startsWith(SIMULATION);
    }
}
