-- A driver that keeps its own record before every press knows when a permit was not used: the browser died, or the answer
-- was lost, before anything was pressed. It goes on filling. Only `submit_outcome: absent` closes the fence with it; a move
-- without it leaves the fence `unknown`, and begin_submit refuses.
insert into private.target_moves (from_state, to_state) values ('submitting', 'filling');
