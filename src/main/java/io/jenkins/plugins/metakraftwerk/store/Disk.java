package io.jenkins.plugins.metakraftwerk.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * All that this plugin does with its files, so that tests and the simulation can bring disks that fail.
 *
 * <p>Any call may fail, and may do so any number of times. What is there afterwards, also after a crash in between:
 *
 * <ul>
 *   <li>{@link #append}: any part of the bytes, from none to all. After a loss of power, only what was forced is certain.
 *   <li>{@link #truncate}: the old length or the new one.
 *   <li>{@link #force}: what was there before; whether it would survive is not known.
 *   <li>{@link #replace}, {@link #move}: the old file or the new one, whole; and perhaps a file beside it that nobody
 *       reads.
 * </ul>
 */
public interface Disk {

    /**
     * A file from its beginning on, for whoever closes it.
     *
     * @throws NoSuchFileException where there is no such file
     */
    InputStream open(Path file) throws IOException;

    /** The beginning of a file: nobody knows how long it is that lies there. */
    default byte[] read(Path file, int most) throws IOException {
        try (InputStream in = open(file)) {
            return in.readNBytes(most);
        }
    }

    /**
     * In bytes.
     *
     * @throws NoSuchFileException where there is no such file
     */
    long size(Path file) throws IOException;

    /**
     * Adds bytes at the end of a file, which is made where there is none.
     *
     * @throws NoSuchFileException where its folder is gone, which does not come back
     */
    void append(Path file, byte[] bytes) throws IOException;

    /** Cuts off what a file has beyond a length. */
    void truncate(Path file, long size) throws IOException;

    /** Makes what was written to a file survive a loss of power, if its name does. */
    void force(Path file) throws IOException;

    /** Makes the name of a file that was made survive a loss of power; that is, its entry in its folder. */
    default void forceName(Path file) throws IOException {
        // A disk that keeps files by their names need not do more.
    }

    /**
     * Puts bytes in the place of a file, or makes it, at once, and so that it survives a loss of power.
     *
     * @throws NoSuchFileException where its folder is gone, which does not come back
     */
    void replace(Path file, byte[] bytes) throws IOException;

    /**
     * Gives a file, or a folder that lies in its place, another name in the same folder.
     *
     * @throws java.nio.file.FileAlreadyExistsException where that name is taken
     */
    void move(Path from, Path to) throws IOException;
}
