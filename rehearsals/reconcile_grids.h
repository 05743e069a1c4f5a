/*
 * reconcile_grids.h - the tables of a reconciliation; the caller releases each grid.
 */
#ifndef HMS_REHEARSALS_RECONCILE_GRIDS_H
#define HMS_REHEARSALS_RECONCILE_GRIDS_H

#include "rehearsals/grid.h"
#include "rehearsals/reconcile.h"

/* `all`: not only the checks that failed. */
void recon_grid_checks(struct grid *grid, const struct reconciliation *recon, bool all);
void recon_grid_entities(struct grid *grid, const struct reconciliation *recon);
void recon_grid_totals(struct grid *grid, const struct reconciliation *recon);
void recon_grid_explanations(struct grid *grid, const struct reconciliation *recon);
void recon_grid_balance(struct grid *grid, const struct reconciliation *recon);
void recon_grid_columns(struct grid *grid, const struct reconciliation *recon);
void recon_grid_differences(struct grid *grid, const struct reconciliation *recon, bool values);
bool recon_has_values(const struct reconciliation *recon);

#endif
