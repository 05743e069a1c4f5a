-- Takes the records of rehearsals away; the databases of rehearsals stay ('hms rehearse drop').
DROP FUNCTION ops.code_coverage;
DROP TABLE ops.rehearsal_coverage, ops.rehearsal_reconciliation, ops.rehearsal_balance, ops.rehearsal_step,
    ops.rehearsal_input, ops.rehearsal_variable, ops.rehearsal;
DROP SEQUENCE ops.rehearsal_number;
