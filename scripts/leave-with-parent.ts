/** Loaded into every child: when whoever started it is killed, nobody is left to stop it. */
process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
// The channel itself keeps no process running.
process.channel?.unref();
