-- Takes the comparisons away.
DROP TABLE recon.difference, recon.explanation, recon.total, recon.entity, recon.proof, recon.run;
