/**
 * PostgreSQL's settings for a laptop of two cores that also runs the workers; `extra` wins over all of them.
 * Durability stays on: fsync and synchronous_commit keep their defaults. The log can hold no personal value:
 * errors of statements are not logged (log_min_messages=log), nor are details, statements and parameters.
 */
export function serverSettings(extra: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return {
    // Queue workers open about 56 connections for 8 queues (measured 2026 with BullMQ 6.7, `max: 2`).
    max_connections: '200',
    shared_buffers: '256MB',
    effective_cache_size: '1GB',
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    // Bulk loads write WAL faster than a 1 GB default allows without back-to-back checkpoints.
    max_wal_size: '2GB',
    min_wal_size: '256MB',
    checkpoint_timeout: '10min',
    checkpoint_completion_target: '0.9',
    // Solid state disks: a random page costs little more than a sequential one.
    random_page_cost: '1.1',
    max_worker_processes: '8',
    max_parallel_workers_per_gather: '1',
    // The shipped binaries have no LLVM.
    jit: 'off',
    // A forgotten transaction would hold back vacuum for ever.
    idle_in_transaction_session_timeout: '15min',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_destination: 'stderr',
    logging_collector: 'off',
    log_line_prefix: '%m [%p] ',
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_statement: 'none',
    log_parameter_max_length: '0',
    log_parameter_max_length_on_error: '0',
    log_checkpoints: 'off',
    log_autovacuum_min_duration: '-1',
    ...extra,
  }
}
