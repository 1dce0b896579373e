package dev.midge.cli.fleet;

import dev.midge.cli.ProcessContext;
import dev.midge.cli.failure.FailedCommand;
import dev.midge.cli.options.ConnectTimeout;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The command that a fleet belongs to, as far as the fleet depends on it.
 *
 * @param command its name
 * @param place the broker, for people
 * @param timeout the limit of the time of each connection
 * @param failed makes what messages about a failed connection depend on
 * @param report tells of each client
 * @param tellsOfEach whether the report tells people of warnings and faults too
 * @param allConnected is told once, when each client has been connected
 * @param warn takes a line for people
 * @param outputFailed completes when standard output cannot be written any more
 * @param strict whether a refused message decides the exit status
 */
public record FleetSetting(
    ProcessContext context,
    String command,
    String place,
    ConnectTimeout timeout,
    Supplier<FailedCommand> failed,
    DeviceReport report,
    boolean tellsOfEach,
    Runnable allConnected,
    Consumer<String> warn,
    CompletableFuture<@Nullable Void> outputFailed,
    boolean strict) {}
