CREATE TABLE `vote` (
	`deployment` integer NOT NULL,
	`round` integer NOT NULL,
	`voter` text NOT NULL,
	`verdict` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`deployment`, `round`, `voter`)
);
